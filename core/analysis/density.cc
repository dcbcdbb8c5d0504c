#include "core/analysis/density.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"

namespace chaosense {

int64_t Density::total() const { return std::accumulate(counts.begin(), counts.end(), int64_t{0}); }

double Density::At(size_t bin) const {
  return static_cast<double>(counts[bin]) / static_cast<double>(total()) / BinWidth();
}

double Density::Entropy() const {
  const auto n = static_cast<double>(total());
  double entropy = 0;
  for (const int64_t count : counts) {
    if (count > 0)
      entropy -= static_cast<double>(count) / n * std::log2(static_cast<double>(count) / n);
  }
  return entropy;
}

double Density::Chi2OverN() const {
  const auto n = static_cast<double>(total());
  const double expected = n / static_cast<double>(counts.size());
  double chi2 = 0;
  for (const int64_t count : counts) {
    const double off = static_cast<double>(count) - expected;
    chi2 += off * off / expected;
  }
  return chi2 / n;
}

Density MeasureDensity(std::span<const double> series, size_t bins, double low, double high) {
  CHAOSENSE_CHECK(bins >= 1 && high > low);
  Density density{low, high, std::vector<int64_t>(bins, 0), 0};
  const double scale = static_cast<double>(bins) / (high - low);
  for (const double value : series) {
    if (!(value >= low && value <= high)) {
      ++density.outside;
      continue;
    }
    const auto bin = static_cast<size_t>((value - low) * scale);
    ++density.counts[std::min(bin, bins - 1)];
  }
  return density;
}

}  // namespace chaosense
