// The correlation entropy K2: how fast pairs of neighbouring orbits part.
#ifndef CHAOSENSE_CORE_ANALYSIS_CORRELATION_ENTROPY_H_
#define CHAOSENSE_CORE_ANALYSIS_CORRELATION_ENTROPY_H_

#include <cstdint>
#include <span>

#include "core/analysis/correlation_dimension.h"

namespace chaosense {

// K2 in nats a sample. C_m(r) is the share of pairs of embeddings of m successive values, more than
// `theiler` samples apart, whose largest difference is below r. At each radius of at most a tenth
// of the series' extent, m is raised to 32, or as far as 5000 pairs are left; radii at which that
// is less than three quarters as far as at the largest are left out. The slope of -ln C_m over the
// last quarter of those m is an estimate, and is on a plateau if the slope over the quarter before
// is within 15 % of it: with few values the slope is far too large. `value` is the mean over the
// radii on a plateau, `error` their deviation. NaN if fewer than four are, or fewer than half of
// the radii used, or if the deviation is over 20 % of the mean: of noise, K2 grows without bound as
// the radius falls. Flows: samples a correlation time apart (CorrelationTimeOf). Grassberger,
// Procaccia, Phys. Rev. A 28 (1983) 2591.
ScalingFit CorrelationEntropy(std::span<const double> series, int64_t theiler);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_CORRELATION_ENTROPY_H_
