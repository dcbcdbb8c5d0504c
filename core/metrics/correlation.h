// Correlation of adjacent pixels: r = cov(x, y) / sqrt(D(x) D(y)), x a pixel and y its neighbour in
// the same channel.
#ifndef CHAOSENSE_CORE_METRICS_CORRELATION_H_
#define CHAOSENSE_CORE_METRICS_CORRELATION_H_

#include <cstdint>

#include "core/base/random.h"
#include "core/image/image.h"

namespace chaosense {

enum class Neighbour { kHorizontal, kVertical, kDiagonal };  // right, lower, lower right

struct Correlation {
  double r = 0;  // NaN where either side is constant, or there are no two pairs
  int64_t pairs = 0;
};

// All pairs of all channels.
Correlation AdjacentCorrelation(const ImageU8& image, Neighbour neighbour);

// `pairs` pairs drawn uniformly with replacement, as papers do (2,000 to 10,000).
Correlation SampledCorrelation(const ImageU8& image,
                               Neighbour neighbour,
                               int64_t pairs,
                               RandomStream& random);

// Fisher's z = atanh(r) sqrt(n - 3): two-sided p-value of "no correlation". NaN if r is, or below 4
// pairs.
double CorrelationPValue(const Correlation& correlation);

// 1.96 / sqrt(n - 1): |r| below it cannot be told from 0. NaN below 2 pairs.
double CorrelationBound(int64_t pairs);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_CORRELATION_H_
