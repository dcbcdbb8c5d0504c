#include "core/analysis/key_changes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/base/error.h"

namespace chaosense {
namespace {

// A change of one real.
struct SingleChange {
  KeyChange change;
  size_t real = 0;
  bool flips = false;  // a sign or a reflection
};

std::string ReflectionName(const KeyReal& real) {
  const double sum = real.low + real.high;
  return sum == 0 ? fmt::format("{0} -> -{0}", real.name)
                  : fmt::format("{0} -> {1:g} - {0}", real.name, sum);
}

void AddChangesOf(const std::vector<KeyReal>& reals, size_t i, std::vector<SingleChange>& changes) {
  const KeyReal& real = reals[i];
  const double sum = real.low + real.high;
  const auto flip = [&](const std::string& name, double about) {
    changes.push_back({{name, [i, about](KeyValues& key) { key[i] = about - key[i]; }}, i, true});
  };
  flip(ReflectionName(real), sum);
  if (sum != 0) flip(fmt::format("{0} -> -{0}", real.name), 0);
  if (sum != 1) flip(fmt::format("{0} -> 1 - {0}", real.name), 1);
  for (const auto& [shift, name] : {std::pair{0.5, "1/2"},
                                    {1.0, "1"},
                                    {2.0, "2"},
                                    {std::numbers::pi, "pi"},
                                    {2 * std::numbers::pi, "2 pi"}}) {
    if (shift > real.Width()) continue;
    // Up where there is room, else down.
    const auto apply = [i, by = shift, high = real.high](KeyValues& key) {
      key[i] += key[i] + by <= high ? by : -by;
    };
    changes.push_back({{fmt::format("{0} -> {0} +- {1}", real.name, name), apply}, i});
  }
}

KeyChange SignsOf(const std::string& what, std::vector<size_t> which) {
  return {"the signs of all" + what, [which = std::move(which)](KeyValues& key) {
            for (const size_t i : which) key[i] = -key[i];
          }};
}

KeyChange Both(const KeyChange& a, const KeyChange& b) {
  return {a.name + ", " + b.name, [first = a.apply, second = b.apply](KeyValues& key) {
            first(key);
            second(key);
          }};
}

}  // namespace

KeyChange AnyValueOf(const std::vector<KeyReal>& reals, size_t i) {
  return {reals[i].name + " -> any value", [i, real = reals[i]](KeyValues& key) {
            // By the golden ratio of the range: no symmetry is about so irrational a part.
            constexpr double kPart = 0.6180339887498949;
            const double moved = (key[i] - real.low) / real.Width() + kPart;
            key[i] = real.low + real.Width() * (moved - std::floor(moved));
          }};
}

std::vector<KeyChange> SymmetryChanges(const std::vector<KeyReal>& reals,
                                       const std::vector<size_t>& which,
                                       bool pairs) {
  constexpr size_t kMostPaired = 8;
  std::vector<SingleChange> singles;
  std::vector<size_t> variables;
  for (const size_t i : which) {
    AddChangesOf(reals, i, singles);
    if (!reals[i].is_parameter) variables.push_back(i);
  }
  std::vector<KeyChange> changes;
  for (const SingleChange& single : singles) changes.push_back(single.change);
  for (const size_t i : which) {
    for (const size_t j : which) {
      if (i >= j || reals[i].is_parameter != reals[j].is_parameter) continue;
      changes.push_back({fmt::format("{} <-> {}", reals[i].name, reals[j].name),
                         [i, j](KeyValues& key) { std::swap(key[i], key[j]); }});
    }
  }
  // Of fewer, the pairs below are the same.
  if (variables.size() > 2) changes.push_back(SignsOf(" variables", variables));
  if (which.size() > std::max<size_t>(variables.size(), pairs ? 2 : 1))
    changes.push_back(SignsOf("", which));
  for (size_t a = 0; a < singles.size(); ++a) {
    for (size_t b = a + 1; b < singles.size(); ++b) {
      if (singles[a].real == singles[b].real) continue;
      const bool flips = singles[a].flips && singles[b].flips &&
                         !reals[singles[a].real].is_parameter &&
                         !reals[singles[b].real].is_parameter;
      const size_t paired = flips ? variables.size() : which.size();
      if (paired > kMostPaired || !(pairs || flips)) continue;
      changes.push_back(Both(singles[a].change, singles[b].change));
    }
  }
  return changes;
}

}  // namespace chaosense
