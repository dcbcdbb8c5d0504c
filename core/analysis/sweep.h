// A map along one parameter: bifurcation diagram and Lyapunov exponents.
#ifndef CHAOSENSE_CORE_ANALYSIS_SWEEP_H_
#define CHAOSENSE_CORE_ANALYSIS_SWEEP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/family.h"

namespace chaosense {

struct SweepRange {
  std::string parameter;
  double low = 0;
  double high = 1;
  int64_t count = 1000;  // values, both ends included; at least 2

  double At(int64_t i) const;
};

// "a=1:1.4:2000"; the count may be left out. Throws Error(kConfig) beginning with `where`.
SweepRange ParseSweepRange(const std::string& text, const std::string& where);
// The first free parameter over its declared range. Throws Error(kConfig) if the map has none.
SweepRange DefaultSweep(const MapFamily& family, int64_t count);
// Throws Error(kConfig) if the parameter is unknown or the range goes beyond the declared one.
void CheckSweep(const MapFamily& family, const SweepRange& range);

// For each value of the parameter `kept` values of a coordinate after `transient` steps, NaN where
// the orbit escaped. Flows: a value every quarter of a unit of time. Many values of the parameter
// are stepped at once (MapSweep), bit for bit as each alone.
std::vector<std::vector<double>> BifurcationDiagram(const MapFamily& family,
                                                    const SweepRange& range,
                                                    int64_t transient,
                                                    int64_t kept,
                                                    size_t coordinate,
                                                    uint64_t seed,
                                                    int threads);

// For each value of the parameter all exponents, NaN where the orbit escaped. The tangent vectors
// take most of the time: no MapSweep here.
std::vector<std::vector<double>> ExponentsAlong(const MapFamily& family,
                                                const SweepRange& range,
                                                int64_t transient,
                                                int64_t steps,
                                                uint64_t seed,
                                                int threads);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_SWEEP_H_
