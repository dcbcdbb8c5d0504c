// How flat the byte histogram is. chi2 and variance are the same information: variance = N / 256^2
// * chi2.
#ifndef CHAOSENSE_CORE_METRICS_HISTOGRAM_H_
#define CHAOSENSE_CORE_METRICS_HISTOGRAM_H_

#include <array>
#include <cstdint>
#include <span>

namespace chaosense {

using Histogram = std::array<int64_t, 256>;

Histogram CountBytes(std::span<const uint8_t> bytes);

// sum (o_i - N/256)^2 / (N/256), 255 degrees of freedom. NaN for no bytes.
double HistogramChi2(const Histogram& histogram);
double HistogramChi2PValue(double chi2);     // upper tail
double HistogramChi2Critical(double alpha);  // 293.25 at 0.05

// Population variance of the 256 counts; its mean is N * 255 / 65536 for N uniform bytes.
double HistogramVariance(const Histogram& histogram);
double IdealHistogramVariance(int64_t count);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_HISTOGRAM_H_
