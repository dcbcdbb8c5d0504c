#include "core/analysis/equivalent_keys.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <set>

#include "core/analysis/orbit.h"
#include "core/analysis/parallel.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

struct Change {
  std::string name;
  size_t real = 0;  // which one it changes; swaps: the first
  std::function<void(KeyValues&)> apply;
};

std::string ReflectionName(const KeyReal& real) {
  const double sum = real.low + real.high;
  return sum == 0 ? fmt::format("{0} -> -{0}", real.name)
                  : fmt::format("{0} -> {1:g} - {0}", real.name, sum);
}

std::vector<Change> SingleChanges(const std::vector<KeyReal>& reals) {
  std::vector<Change> changes;
  for (size_t i = 0; i < reals.size(); ++i) {
    const KeyReal& real = reals[i];
    const double sum = real.low + real.high;
    changes.push_back(
        {ReflectionName(real), i, [i, sum](KeyValues& key) { key[i] = sum - key[i]; }});
    if (sum != 0)
      changes.push_back(
          {fmt::format("{0} -> -{0}", real.name), i, [i](KeyValues& key) { key[i] = -key[i]; }});
    if (sum != 1)
      changes.push_back({fmt::format("{0} -> 1 - {0}", real.name), i, [i](KeyValues& key) {
                           key[i] = 1 - key[i];
                         }});
    for (const auto& [shift, name] : {std::pair{0.5, "1/2"},
                                      {1.0, "1"},
                                      {2.0, "2"},
                                      {std::numbers::pi, "pi"},
                                      {2 * std::numbers::pi, "2 pi"}}) {
      if (shift > real.Width()) continue;
      const double by = shift;
      // Up where there is room, else down.
      changes.push_back({fmt::format("{0} -> {0} +- {1}", real.name, name),
                         i,
                         [i, by, high = real.high](KeyValues& key) {
                           key[i] += key[i] + by <= high ? by : -by;
                         }});
    }
  }
  return changes;
}

std::vector<Change> Swaps(const std::vector<KeyReal>& reals) {
  std::vector<Change> swaps;
  for (size_t i = 0; i < reals.size(); ++i) {
    for (size_t j = i + 1; j < reals.size(); ++j) {
      if (reals[i].is_parameter != reals[j].is_parameter) continue;
      swaps.push_back({fmt::format("{} <-> {}", reals[i].name, reals[j].name),
                       i,
                       [i, j](KeyValues& key) { std::swap(key[i], key[j]); }});
    }
  }
  return swaps;
}

// All single changes and swaps, two changes of different reals, and the two changes of all reals or
// all variables at once that symmetric maps have.
std::vector<Change> AllChanges(const std::vector<KeyReal>& reals, bool pairs) {
  constexpr size_t kMostReals = 8;  // beyond, pairs would be thousands
  std::vector<Change> changes = SingleChanges(reals);
  const size_t singles = changes.size();
  for (Change& swap : Swaps(reals)) changes.push_back(std::move(swap));
  for (const bool parameters_too : {false, true}) {
    changes.push_back({parameters_too ? "the signs of all" : "the signs of all variables",
                       reals.size(),
                       [reals, parameters_too](KeyValues& key) {
                         for (size_t i = 0; i < key.size(); ++i) {
                           if (parameters_too || !reals[i].is_parameter) key[i] = -key[i];
                         }
                       }});
  }
  if (!pairs || reals.size() > kMostReals) return changes;
  for (size_t a = 0; a < singles; ++a) {
    for (size_t b = a + 1; b < singles; ++b) {
      if (changes[a].real == changes[b].real) continue;
      changes.push_back({changes[a].name + ", " + changes[b].name,
                         changes[a].real,
                         [first = changes[a].apply, second = changes[b].apply](KeyValues& key) {
                           first(key);
                           second(key);
                         }});
    }
  }
  return changes;
}

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

Relation Compare(const MapFamily& family,
                 const KeyValues& key,
                 const KeyValues& other,
                 const EquivalenceOptions& options) {
  const auto map = MapOfKey(family, key);
  const auto other_map = MapOfKey(family, other);
  std::vector<double> a = StateOfKey(family, key);
  std::vector<double> b = StateOfKey(family, other);
  bool mirrored = true;
  const bool same_map = std::ranges::equal(map->parameters(), other_map->parameters());
  int64_t equal = 0;  // steps in a row
  for (int64_t step = 1; step <= options.late; ++step) {
    map->Step(a);
    other_map->Step(b);
    if (HasEscaped(a) || HasEscaped(b)) return Relation::kNone;
    equal = a == b ? equal + 1 : 0;
    if (equal > 0 && step <= options.steps && same_map) return Relation::kIdentical;
    mirrored = mirrored && Mirrored(map->info().state, a, b);
    // Of mirrored orbits rounding may differ later; a quarter of the steps says enough.
    if (step == options.steps / 4 && mirrored && a != b) return Relation::kMirrored;
  }
  if (equal >= options.late - options.steps) return Relation::kIdentical;
  return equal > 0 ? Relation::kConverging : Relation::kNone;
}

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

Trial TryChange(const MapFamily& family,
                const Change& change,
                const std::vector<KeyReal>& reals,
                const std::vector<KeyValues>& keys,
                const EquivalenceOptions& options) {
  Trial trial;
  Equivalence& result = trial.result;
  result.change = change.name;
  int64_t counts[4] = {};
  for (size_t k = 0; k < keys.size(); ++k) {
    // A change that never lands in the ranges or never relates two keys is soon given up.
    if (k == 16 && counts[1] + counts[2] + counts[3] == 0) break;
    KeyValues other = keys[k];
    change.apply(other);
    if (other == keys[k] || !InRange(reals, other)) continue;
    ++result.tried;
    const Relation relation = Compare(family, keys[k], other, options);
    ++counts[static_cast<int>(relation)];
    if (relation == Relation::kIdentical) trial.identical.emplace_back(k, std::move(other));
  }
  const auto share = [&](Relation relation) {
    return result.tried == 0 ? 0
                             : static_cast<double>(counts[static_cast<int>(relation)]) /
                                   static_cast<double>(result.tried);
  };
  result.identical = share(Relation::kIdentical);
  result.converging = share(Relation::kConverging);
  result.mirrored = share(Relation::kMirrored);
  return trial;
}

}  // namespace

EquivalenceScan ScanEquivalentKeys(const MapFamily& family, const EquivalenceOptions& options) {
  CHAOSENSE_CHECK(options.keys >= 2 && options.steps >= 4 && options.late > options.steps);
  const std::vector<KeyReal> reals = KeyRealsOf(family);
  RandomStream random(fmt::format("equivalent keys|{}|{}", family.info().name, options.seed));
  const std::vector<KeyValues> keys =
      BoundedKeys(family, options.random_parameters, options.keys, options.late, random);

  EquivalenceScan scan;
  int64_t met = 0;
  for (size_t i = 0; i + 1 < keys.size(); i += 2)
    met += Compare(family, keys[i], keys[i + 1], options) != Relation::kNone ? 1 : 0;
  scan.unrelated = static_cast<double>(met) / static_cast<double>(keys.size() / 2);

  const std::vector<Change> changes = AllChanges(reals, options.pairs);
  scan.changes = static_cast<int64_t>(changes.size());
  std::vector<Trial> trials(changes.size());
  ParallelFor(scan.changes, options.threads, [&](int64_t c) {
    const auto at = static_cast<size_t>(c);
    trials[at] = TryChange(family, changes[at], reals, keys, options);
  });
  std::vector<std::set<KeyValues>> same(keys.size());
  for (Trial& trial : trials) {
    const Equivalence& one = trial.result;
    if (one.tried < 8 || one.identical + one.converging + one.mirrored < options.least_share)
      continue;
    for (auto& [key, other] : trial.identical) same[key].insert(std::move(other));
    scan.found.push_back(one);
  }
  double streams = 0;
  for (const std::set<KeyValues>& others : same)
    streams += 1 / (1 + static_cast<double>(others.size()));
  scan.lost_bits = -std::log2(streams / static_cast<double>(keys.size())) + 0.0;
  std::stable_sort(scan.found.begin(), scan.found.end(), [](const auto& a, const auto& b) {
    return a.identical + a.converging > b.identical + b.converging;
  });
  return scan;
}

}  // namespace chaosense
