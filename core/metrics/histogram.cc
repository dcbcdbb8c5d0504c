#include "core/metrics/histogram.h"

#include <limits>
#include <numeric>

#include "core/metrics/statistics.h"

namespace chaosense {

Histogram CountBytes(std::span<const uint8_t> bytes) {
  Histogram histogram{};
  for (const uint8_t byte : bytes) ++histogram[byte];
  return histogram;
}

double HistogramChi2(const Histogram& histogram) {
  const int64_t count = std::accumulate(histogram.begin(), histogram.end(), int64_t{0});
  if (count == 0) return std::numeric_limits<double>::quiet_NaN();
  return HistogramVariance(histogram) * 65536 / static_cast<double>(count);
}

double HistogramChi2PValue(double chi2) { return ChiSquareUpperTail(chi2, 255); }

double HistogramChi2Critical(double alpha) { return ChiSquareCritical(alpha, 255); }

double HistogramVariance(const Histogram& histogram) {
  const double mean =
      static_cast<double>(std::accumulate(histogram.begin(), histogram.end(), int64_t{0})) / 256;
  double sum = 0;
  for (const int64_t count : histogram) {
    const double difference = static_cast<double>(count) - mean;
    sum += difference * difference;
  }
  return sum / 256;
}

double IdealHistogramVariance(int64_t count) { return static_cast<double>(count) * 255 / 65536; }

}  // namespace chaosense
