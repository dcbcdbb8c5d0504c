#include "core/analysis/sample_entropy.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/error.h"

namespace chaosense {
namespace {

double Deviation(std::span<const double> series) {
  const auto n = static_cast<double>(series.size());
  double mean = 0;
  for (const double value : series) mean += value / n;
  double squares = 0;
  for (const double value : series) squares += (value - mean) * (value - mean) / n;
  return std::sqrt(squares);
}

// How many values of the windows at i and j agree within r, counted up to `most`.
int Agreement(std::span<const double> series, size_t i, size_t j, int most, double r) {
  int k = 0;
  while (k < most &&
         std::fabs(series[i + static_cast<size_t>(k)] - series[j + static_cast<size_t>(k)]) <= r)
    ++k;
  return k;
}

// Phi^m of Pincus: the mean logarithm of the share of windows that match.
double Phi(std::span<const double> series, int m, double r) {
  const size_t windows = series.size() - static_cast<size_t>(m) + 1;
  std::vector<int64_t> matches(windows, 1);  // itself
  for (size_t i = 0; i < windows; ++i) {
    for (size_t j = i + 1; j < windows; ++j) {
      if (Agreement(series, i, j, m, r) < m) continue;
      ++matches[i];
      ++matches[j];
    }
  }
  double sum = 0;
  for (const int64_t count : matches)
    sum += std::log(static_cast<double>(count) / static_cast<double>(windows));
  return sum / static_cast<double>(windows);
}

}  // namespace

double SampleEntropy(std::span<const double> series, int m, double tolerance) {
  CHAOSENSE_CHECK(m >= 1 && series.size() > static_cast<size_t>(m) + 1);
  const double r = tolerance * Deviation(series);
  const size_t windows = series.size() - static_cast<size_t>(m);  // both lengths have as many
  int64_t shorter = 0;
  int64_t longer = 0;
  for (size_t i = 0; i < windows; ++i) {
    for (size_t j = i + 1; j < windows; ++j) {
      const int agreement = Agreement(series, i, j, m + 1, r);
      shorter += agreement >= m ? 1 : 0;
      longer += agreement > m ? 1 : 0;
    }
  }
  if (shorter == 0) return std::numeric_limits<double>::quiet_NaN();
  // + 0.0: a regular series gives 0, not -0.
  return -std::log(static_cast<double>(longer) / static_cast<double>(shorter)) + 0.0;
}

double ApproximateEntropy(std::span<const double> series, int m, double tolerance) {
  CHAOSENSE_CHECK(m >= 1 && series.size() > static_cast<size_t>(m) + 1);
  const double r = tolerance * Deviation(series);
  return Phi(series, m, r) - Phi(series, m + 1, r);
}

}  // namespace chaosense
