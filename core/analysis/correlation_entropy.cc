#include "core/analysis/correlation_entropy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/analysis/confidence.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr size_t kMostValues = 32;
constexpr size_t kRadii = 40;
constexpr double kToAnOctave = 4;
constexpr double kLargest = 0.1;  // radius, of the series' extent

// pairs[m][b]: pairs of embeddings of m + 1 values closer than kLargest extent 2^(-b / 4).
using Pairs = std::array<std::array<int64_t, kRadii>, kMostValues>;

Pairs CountPairs(std::span<const double> series, double largest, int64_t theiler) {
  Pairs pairs{};
  const size_t n = series.size() - (kMostValues - 1);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 1 + static_cast<size_t>(theiler); j < n; ++j) {
      double farthest = 0;
      for (size_t m = 0; m < kMostValues; ++m) {
        farthest = std::max(farthest, std::fabs(series[i + m] - series[j + m]));
        if (!(farthest < largest)) break;
        const double octaves = std::log2(largest / farthest);  // inf if they coincide
        ++pairs[m][static_cast<size_t>(std::min<double>(kRadii - 1, octaves * kToAnOctave))];
      }
    }
  }
  for (auto& of_m : pairs) {
    for (size_t b = kRadii - 1; b-- > 0;) of_m[b] += of_m[b + 1];
  }
  return pairs;
}

// The number of values up to which there are enough pairs.
size_t ValuesAt(const Pairs& pairs, size_t radius) {
  constexpr int64_t kFewest = 5000;
  size_t values = 0;
  while (values < kMostValues && pairs[values][radius] >= kFewest) ++values;
  return values;
}

}  // namespace

ScalingFit CorrelationEntropy(std::span<const double> series, int64_t theiler) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  constexpr size_t kFewestRadii = 4;
  constexpr double kPlateau = 0.15;
  constexpr double kSpread = 0.2;
  CHAOSENSE_CHECK(theiler >= 0 && series.size() > kMostValues);
  const auto [low, high] = std::ranges::minmax(series);
  const double largest = kLargest * (high - low);
  constexpr ScalingFit kNone{kNaN, kNaN, kNaN, kNaN};
  if (!(largest > 0)) return kNone;
  const Pairs pairs = CountPairs(series, largest, theiler);
  ScalingFit fit = kNone;
  std::vector<double> slopes;
  size_t usable = 0;
  size_t most = 0;
  for (size_t b = 0; b < kRadii; ++b) {
    const size_t values = ValuesAt(pairs, b);
    if (b == 0) most = values;
    if (values < 3 || 4 * values < 3 * most) break;
    ++usable;
    const size_t quarter = std::max<size_t>(1, values / 4);
    const auto slope = [&](size_t last) {
      return std::log(static_cast<double>(pairs[last - quarter][b]) /
                      static_cast<double>(pairs[last][b])) /
             static_cast<double>(quarter);
    };
    const double end = slope(values - 1);
    if (!(std::fabs(slope(values - 1 - quarter) - end) <= kPlateau * end)) continue;
    slopes.push_back(end);
    fit.low = largest * std::exp2(-static_cast<double>(b) / kToAnOctave);
    if (slopes.size() == 1) fit.high = fit.low;
  }
  if (slopes.size() < kFewestRadii || 2 * slopes.size() < usable) return kNone;
  const Confidence confidence = ConfidenceOf(slopes);
  if (confidence.deviation > kSpread * confidence.mean) return kNone;
  fit.value = confidence.mean;
  fit.error = confidence.deviation;
  return fit;
}

}  // namespace chaosense
