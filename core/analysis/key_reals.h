// The real numbers that are a chaotic cipher's key: the initial state and the parameters.
#ifndef CHAOSENSE_CORE_ANALYSIS_KEY_REALS_H_
#define CHAOSENSE_CORE_ANALYSIS_KEY_REALS_H_

#include <functional>
#include <string>
#include <vector>

#include "core/analysis/family.h"
#include "core/base/random.h"

namespace chaosense {

struct KeyReal {
  std::string name;
  double low = 0;
  double high = 0;
  bool is_parameter = false;
  double Width() const { return high - low; }
  bool Holds(double value) const { return value >= low && value <= high; }
};

// A key: one value for each of KeyRealsOf.
using KeyValues = std::vector<double>;

// The state variables by their domain, then the free parameters by their declared range.
std::vector<KeyReal> KeyRealsOf(const MapFamily& family);

// A random key: the state uniform in its domain, the parameters at the family's values, or uniform
// in their ranges.
KeyValues RandomKey(const MapFamily& family, bool random_parameters, RandomStream& random);

// Random keys that are fit for use. The basin of a map may be a small part of its domain, and a key
// from outside it gives no stream.
struct KeyDraw {
  std::vector<KeyValues> keys;
  int64_t tried = 0;
  double Share() const;  // of the tried ones that are fit; none: 1 / tried, an upper bound
};
// Draws until `count` keys are fit or `most_tries` were tried.
KeyDraw DrawKeys(const MapFamily& family,
                 bool random_parameters,
                 int64_t count,
                 int64_t most_tries,
                 RandomStream& random,
                 const std::function<bool(const KeyValues&)>& is_fit);
// StartState's state of that seed at the family's parameters.
KeyValues KeyAboutTheStart(const MapFamily& family, uint64_t seed);
// `count` different keys whose orbits stay bounded for `steps` steps: random ones, and where fewer
// than one in 64 is fit, starts about the map's own initial state (StartState) at the family's
// parameters. Fewer, or none, where those are not bounded either.
std::vector<KeyValues> BoundedKeys(const MapFamily& family,
                                   bool random_parameters,
                                   int64_t count,
                                   int64_t steps,
                                   RandomStream& random);

std::unique_ptr<ChaoticMap> MapOfKey(const MapFamily& family, const KeyValues& key);
std::vector<double> StateOfKey(const MapFamily& family, const KeyValues& key);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_KEY_REALS_H_
