// How fast two orbits that start almost alike part.
#ifndef CHAOSENSE_CORE_ANALYSIS_SENSITIVITY_H_
#define CHAOSENSE_CORE_ANALYSIS_SENSITIVITY_H_

#include <cstdint>
#include <vector>

#include "core/chaos/map.h"

namespace chaosense {

struct SensitivityOptions {
  double offset = 1e-12;  // of the domain's width, added to the first coordinate
  int pairs = 100;
  int64_t steps = 200;
  int64_t transient = 100;
  uint64_t seed = 0;
};

struct Sensitivity {
  std::vector<double> mean_log_distance;  // over the width; step 0 is the offset itself
  double rate = 0;  // nats a step while the mean is between 10 offsets and 10^-3; NaN if never
  double steps_to_tenth = 0;  // mean steps until a pair is 0.1 of the width apart; inf if most are
                              // not after all steps
};

// 20 pairs and steps enough for a weakly chaotic map: 1000, of flows 80 units of time.
SensitivityOptions SensitivityOptionsFor(const ChaoticMap& map, uint64_t seed);

// A pair of which one escapes is left out. NaN everywhere if all do.
Sensitivity MeasureSensitivity(const ChaoticMap& map, const SensitivityOptions& options = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_SENSITIVITY_H_
