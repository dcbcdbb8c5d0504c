#include "core/analysis/permutation_entropy.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {

double OrdinalPatterns::Entropy() const {
  double total = 0;
  for (const int64_t count : counts) total += static_cast<double>(count);
  double entropy = 0;
  for (const int64_t count : counts) {
    const double p = static_cast<double>(count) / total;
    if (count > 0) entropy -= p * std::log2(p);
  }
  return entropy;
}

double OrdinalPatterns::NormalisedEntropy() const {
  return Entropy() / std::log2(static_cast<double>(counts.size()));
}

int64_t OrdinalPatterns::Missing() const { return std::count(counts.begin(), counts.end(), 0); }

OrdinalPatterns CountPatterns(std::span<const double> series, int order, int delay) {
  CHAOSENSE_CHECK(order >= 2 && order <= 8 && delay >= 1);
  size_t patterns = 1;
  for (int i = 2; i <= order; ++i) patterns *= static_cast<size_t>(i);
  OrdinalPatterns result{order, std::vector<int64_t>(patterns, 0)};
  const auto n = static_cast<size_t>(order);
  const auto step = static_cast<size_t>(delay);
  for (size_t at = 0; at + (n - 1) * step < series.size(); ++at) {
    size_t code = 0;
    for (size_t i = 0; i + 1 < n; ++i) {
      size_t smaller = 0;  // later values below this one
      for (size_t j = i + 1; j < n; ++j)
        smaller += series[at + j * step] < series[at + i * step] ? 1U : 0U;
      code = code * (n - i) + smaller;
    }
    ++result.counts[code];
  }
  return result;
}

}  // namespace chaosense
