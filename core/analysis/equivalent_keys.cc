#include "core/analysis/equivalent_keys.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "core/analysis/key_changes.h"
#include "core/analysis/orbit.h"
#include "core/analysis/parallel.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

enum class Relation { kNone, kIdentical, kConverging, kMirrored };

bool Mirrored(const std::vector<MapVariable>& variables,
              const std::vector<double>& a,
              const std::vector<double>& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    const double sum = variables[i].low + variables[i].high;
    if (a[i] != b[i] && a[i] != -b[i] && a[i] != sum - b[i]) return false;
  }
  return true;
}

// Two orbits' bytes, compared as EquivalenceOptions says.
class Comparison {
 public:
  Comparison(const MapFamily& family, const EquivalenceOptions& options)
      : family_(family),
        options_(options),
        extractor_(options.extractor.value_or(OwnExtractor(family.info()))) {}

  int64_t values() const { return options_.late + options_.steps; }
  int64_t map_steps() const { return values() * extractor_.decimation; }

  Relation Of(const KeyValues& key, const KeyValues& other) const {
    const auto map = MapOfKey(family_, key);
    const auto other_map = MapOfKey(family_, other);
    std::vector<double> a = StateOfKey(family_, key);
    std::vector<double> b = StateOfKey(family_, other);
    const bool same_map = std::ranges::equal(map->parameters(), other_map->parameters());
    bool mirrored = true;
    int64_t same = 0;  // values in a row
    for (int64_t step = 1; step <= values(); ++step) {
      for (int64_t i = 0; i < extractor_.decimation; ++i) {
        map->Step(a);
        other_map->Step(b);
      }
      if (HasEscaped(a) || HasEscaped(b)) return Relation::kNone;
      same = GiveSameBytes(a, b, extractor_) ? same + 1 : 0;
      // One orbit from here on.
      if (same_map && a == b) return Since(step - same + 1);
      // Of mirrored orbits rounding may differ later; a quarter of the steps says enough.
      if (step <= options_.steps / 4) mirrored = mirrored && Mirrored(family_.info().state, a, b);
    }
    const Relation relation = Since(values() - same + 1);
    return relation == Relation::kNone && mirrored ? Relation::kMirrored : relation;
  }

 private:
  // The bytes are the same from this step on.
  Relation Since(int64_t step) const {
    if (step <= options_.steps) return Relation::kIdentical;
    return step <= options_.late + 1 ? Relation::kConverging : Relation::kNone;
  }

  const MapFamily& family_;
  const EquivalenceOptions& options_;
  ExtractorOptions extractor_;
};

// What a change did to each key.
struct Trial {
  Equivalence result;
  std::vector<std::pair<size_t, KeyValues>> identical;  // a key's number, the other with its stream
};

bool InRange(const std::vector<KeyReal>& reals, const KeyValues& key) {
  for (size_t i = 0; i < key.size(); ++i) {
    if (!reals[i].Holds(key[i])) return false;
  }
  return true;
}

// So many keys without a relation, and their share is below `share` with a confidence of 95 %.
int64_t KeysToGiveUp(double share) {
  return static_cast<int64_t>(std::ceil(std::log(0.05) / std::log1p(-share)));
}

Trial TryChange(const Comparison& comparison,
                const KeyChange& change,
                const std::vector<KeyReal>& reals,
                const std::vector<KeyValues>& keys,
                double least_share) {
  Trial trial;
  Equivalence& result = trial.result;
  result.change = change.name;
  const int64_t most_without = KeysToGiveUp(least_share);
  std::array<int64_t, 4> counts{};
  for (size_t k = 0; k < keys.size(); ++k) {
    if (counts[0] == result.tried && result.tried >= most_without) break;
    KeyValues other = keys[k];
    change.apply(other);
    if (other == keys[k] || !InRange(reals, other)) continue;
    ++result.tried;
    const Relation relation = comparison.Of(keys[k], other);
    ++counts[static_cast<size_t>(relation)];
    if (relation == Relation::kIdentical) trial.identical.emplace_back(k, std::move(other));
  }
  const auto share = [&](Relation relation) {
    return result.tried == 0 ? 0
                             : static_cast<double>(counts[static_cast<size_t>(relation)]) /
                                   static_cast<double>(result.tried);
  };
  result.identical = share(Relation::kIdentical);
  result.converging = share(Relation::kConverging);
  result.mirrored = share(Relation::kMirrored);
  return trial;
}

double UnrelatedShare(const Comparison& comparison, const std::vector<KeyValues>& keys) {
  if (keys.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  int64_t met = 0;
  for (size_t i = 0; i + 1 < keys.size(); i += 2)
    met += comparison.Of(keys[i], keys[i + 1]) != Relation::kNone ? 1 : 0;
  return static_cast<double>(met) / static_cast<double>(keys.size() / 2);
}

// By so many bits, in the mean, each key's stream is that of other keys as well.
double LostBits(const std::vector<Trial>& trials, size_t keys) {
  std::vector<std::set<KeyValues>> same(keys);
  for (const Trial& trial : trials) {
    for (const auto& [key, other] : trial.identical) same[key].insert(other);
  }
  double streams = 0;
  for (const std::set<KeyValues>& others : same)
    streams += 1 / (1 + static_cast<double>(others.size()));
  return -std::log2(streams / static_cast<double>(keys)) + 0.0;
}

}  // namespace

EquivalenceScan ScanEquivalentKeys(const MapFamily& family, const EquivalenceOptions& options) {
  constexpr int64_t kFewest = 8;  // tried keys that say something of a change
  CHAOSENSE_CHECK(options.keys >= 2 && options.steps >= 4 && options.late > options.steps);
  const std::vector<KeyReal> reals = KeyRealsOf(family);
  const Comparison comparison(family, options);
  RandomStream random(fmt::format("equivalent keys|{}|{}", family.info().name, options.seed));
  const std::vector<KeyValues> keys =
      BoundedKeys(family, options.random_parameters, options.keys, comparison.map_steps(), random);
  const auto run = [&](const std::vector<KeyChange>& changes) {
    std::vector<Trial> trials(changes.size());
    ParallelFor(static_cast<int64_t>(changes.size()), options.threads, [&](int64_t c) {
      const auto at = static_cast<size_t>(c);
      trials[at] = TryChange(comparison, changes[at], reals, keys, options.least_share);
    });
    return trials;
  };

  EquivalenceScan scan;
  scan.unrelated = UnrelatedShare(comparison, keys);
  // Reals that do not reach the stream; whatever else happens to them is no further equivalence.
  std::vector<KeyChange> any;
  for (size_t i = 0; i < reals.size(); ++i) any.push_back(AnyValueOf(reals, i));
  std::vector<size_t> heard;
  const std::vector<Trial> freely = run(any);
  for (size_t i = 0; i < reals.size(); ++i) {
    const Equivalence& one = freely[i].result;
    if (one.tried >= kFewest && one.same() > 0.5) {
      scan.found.push_back(one);
    } else {
      heard.push_back(i);
    }
  }
  const std::vector<KeyChange> changes = SymmetryChanges(reals, heard, options.pairs);
  scan.changes = static_cast<int64_t>(any.size() + changes.size());
  std::vector<Trial> trials = run(changes);
  std::erase_if(trials, [&](const Trial& trial) {
    const Equivalence& one = trial.result;
    return one.tried < kFewest || one.same() + one.mirrored < options.least_share;
  });
  if (!keys.empty()) scan.lost_bits = LostBits(trials, keys.size());
  for (const Trial& trial : trials) scan.found.push_back(trial.result);
  std::stable_sort(scan.found.begin(), scan.found.end(), [](const auto& a, const auto& b) {
    return a.same() > b.same();
  });
  return scan;
}

}  // namespace chaosense
