#include "core/analysis/correlation_dimension.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/confidence.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr int kOctaves = 40;
constexpr int kSteps = 8;  // radii to an octave
constexpr size_t kBins = static_cast<size_t>(kOctaves) * kSteps;

// Bin b holds distances in (extent 2^(-(b + 1) / 8), extent 2^(-b / 8)].
size_t BinOf(double distance, double extent) {
  if (!(distance > 0)) return kBins;
  const double octaves = std::log2(extent / distance);
  return octaves <= 0 ? 0 : std::min(kBins, static_cast<size_t>(octaves * kSteps));
}

CorrelationSum Accumulate(const std::vector<int64_t>& bins, double extent, size_t points) {
  int64_t total = 0;
  for (const int64_t count : bins) total += count;
  CorrelationSum sum;
  sum.points = static_cast<int64_t>(points);
  int64_t closer = total;
  for (size_t b = 0; b < kBins; ++b) {
    sum.radius.push_back(extent * std::exp2(-static_cast<double>(b) / kSteps));
    sum.pairs.push_back(closer);
    sum.share.push_back(static_cast<double>(closer) /
                        static_cast<double>(std::max<int64_t>(1, total)));
    closer -= bins[b];
  }
  return sum;
}

double ExtentOf(std::span<const double> points, size_t dimension) {
  double squares = 0;
  for (size_t d = 0; d < dimension; ++d) {
    double low = points[d];
    double high = points[d];
    for (size_t i = d; i < points.size(); i += dimension) {
      low = std::min(low, points[i]);
      high = std::max(high, points[i]);
    }
    squares += (high - low) * (high - low);
  }
  return std::sqrt(squares);
}

ScalingFit NoFit() {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  return {kNaN, kNaN, kNaN, kNaN};
}

}  // namespace

CorrelationSum MeasureCorrelationSum(std::span<const double> points,
                                     size_t dimension,
                                     int64_t theiler) {
  CHAOSENSE_CHECK(dimension >= 1 && points.size() % dimension == 0 && theiler >= 0);
  const size_t n = points.size() / dimension;
  const double extent = ExtentOf(points, dimension);
  std::vector<int64_t> bins(kBins + 1, 0);
  if (!(extent > 0)) {
    bins[kBins] = 1;
    return Accumulate(bins, 1, n);
  }
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 1 + static_cast<size_t>(theiler); j < n; ++j) {
      double squares = 0;
      for (size_t d = 0; d < dimension; ++d) {
        const double off = points[i * dimension + d] - points[j * dimension + d];
        squares += off * off;
      }
      ++bins[BinOf(std::sqrt(squares), extent)];
    }
  }
  return Accumulate(bins, extent, n);
}

ScalingFit CorrelationDimension(const CorrelationSum& sum) {
  const auto fewest = 2 * sum.points;
  constexpr double kLargestShare = 0.1;
  constexpr size_t kPlateau = 2 * kSteps;  // two octaves
  std::vector<double> x;
  std::vector<double> y;
  for (size_t i = 0; i < sum.radius.size(); ++i) {
    if (sum.share[i] > kLargestShare) continue;
    // Isolated points: smaller radii lose no pairs.
    const size_t below = std::min(i + kPlateau, sum.radius.size() - 1);
    if (static_cast<double>(sum.pairs[below]) > 0.9 * static_cast<double>(sum.pairs[i])) {
      if (x.size() < 4) return {0, 0, sum.radius[below], sum.radius[i]};
      break;
    }
    if (sum.pairs[i] < fewest) break;
    x.push_back(std::log(sum.radius[i]));
    y.push_back(std::log(sum.share[i]));
  }
  if (x.size() < 4) return sum.share.back() > kLargestShare ? ScalingFit{} : NoFit();
  const Line line = FitLine(x, y);
  return {line.slope, line.slope_error, std::exp(x.back()), std::exp(x.front())};
}

ScalingFit CorrelationEntropy(std::span<const double> series, int m, int delay, int64_t theiler) {
  CHAOSENSE_CHECK(m >= 1 && delay >= 1 && theiler >= 0);
  const auto span = static_cast<size_t>(m * delay);  // the (m + 1)-st value is so far ahead
  CHAOSENSE_CHECK(series.size() > span);
  const size_t n = series.size() - span;
  const double extent = ExtentOf(series, 1);
  if (!(extent > 0)) return NoFit();
  std::vector<int64_t> shorter(kBins + 1, 0);
  std::vector<int64_t> longer(kBins + 1, 0);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 1 + static_cast<size_t>(theiler); j < n; ++j) {
      double distance = 0;
      for (size_t k = 0; k < span; k += static_cast<size_t>(delay))
        distance = std::max(distance, std::fabs(series[i + k] - series[j + k]));
      const double next = std::fabs(series[i + span] - series[j + span]);
      ++shorter[BinOf(distance, extent)];
      ++longer[BinOf(std::max(distance, next), extent)];
    }
  }
  const CorrelationSum c_m = Accumulate(shorter, extent, n);
  const CorrelationSum c_next = Accumulate(longer, extent, n);
  std::vector<double> rates;
  ScalingFit fit;
  for (size_t i = 0; i < c_m.radius.size(); ++i) {
    if (c_m.share[i] > 0.05 || c_next.pairs[i] < 100) continue;
    rates.push_back(std::log(c_m.share[i] / c_next.share[i]) / delay);
    if (rates.size() == 1) fit.high = c_m.radius[i];
    fit.low = c_m.radius[i];
  }
  if (rates.size() < 4) return NoFit();
  const Confidence confidence = ConfidenceOf(rates);
  fit.value = confidence.mean;
  fit.error = confidence.deviation;
  return fit;
}

}  // namespace chaosense
