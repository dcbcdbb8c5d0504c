// Orbits and where they start.
#ifndef CHAOSENSE_CORE_ANALYSIS_ORBIT_H_
#define CHAOSENSE_CORE_ANALYSIS_ORBIT_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/chaos/map.h"

namespace chaosense {

// An orbit with a coordinate beyond this, or not a number, has escaped.
inline constexpr double kEscapeRadius = 1e12;
bool HasEscaped(std::span<const double> state);

// Uniform in the declared domain.
std::vector<double> RandomState(const ChaoticMap& map, RandomStream& random);

// The start of repetition `seed`: the map's own initial state, moved by up to 2 % of the domain's
// width in every coordinate; by less where the moved orbit escapes within 1000 steps (the basin is
// smaller than the domain, as the Henon map's).
std::vector<double> StartState(const ChaoticMap& map, uint64_t seed);
// The seed of start `number` of repetition `seed`, for repetitions of many starts: no two share
// one.
inline uint64_t StartSeed(uint64_t seed, int64_t number) {
  return seed * 1000003 + static_cast<uint64_t>(number);
}

// `count` values of one coordinate after `transient` steps from `state`, which is moved along.
// `every` > 1 keeps each so many-th step only (oversampled flows).
std::vector<double> Series(const ChaoticMap& map,
                           std::vector<double>& state,
                           int64_t transient,
                           int64_t count,
                           size_t coordinate = 0,
                           int64_t every = 1);

// `count` whole states after `transient` steps, dimension() values each.
std::vector<double> Trajectory(const ChaoticMap& map,
                               std::vector<double>& state,
                               int64_t transient,
                               int64_t count,
                               int64_t every = 1);

// Steps between samples at which a series is no longer oversampled: the first zero of its
// autocorrelation; 1 for maps whose neighbours are uncorrelated, and if there is no zero within a
// twentieth of the series.
int64_t DecimationOf(std::span<const double> series);
// Steps after which the autocorrelation has first fallen below 1 / e; 1 as above.
int64_t CorrelationTimeOf(std::span<const double> series);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_ORBIT_H_
