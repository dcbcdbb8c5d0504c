#include "core/metrics/paired.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

using Student = boost::math::students_t_distribution<double>;

// Twice the mean ranks of |x|, which are whole numbers even with ties.
std::vector<int64_t> DoubledRanks(const std::vector<double>& values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::abs(values[a]) < std::abs(values[b]);
  });
  std::vector<int64_t> ranks(values.size());
  for (size_t first = 0; first < order.size();) {
    size_t end = first;
    while (end < order.size() && std::abs(values[order[end]]) == std::abs(values[order[first]]))
      ++end;
    // Ranks first + 1 ... end have the mean (first + 1 + end) / 2.
    for (size_t i = first; i < end; ++i) ranks[order[i]] = static_cast<int64_t>(first + 1 + end);
    first = end;
  }
  return ranks;
}

// P(S <= statistic), S the sum of a random half of the signs: counts by dynamic programming.
double ExactLowerTail(const std::vector<int64_t>& ranks, int64_t statistic) {
  const int64_t total = std::accumulate(ranks.begin(), ranks.end(), int64_t{0});
  std::vector<double> share(static_cast<size_t>(total) + 1);
  share[0] = 1;
  for (const int64_t rank : ranks) {
    for (int64_t sum = total; sum >= 0; --sum) {
      const double with = sum >= rank ? share[static_cast<size_t>(sum - rank)] : 0;
      share[static_cast<size_t>(sum)] = (share[static_cast<size_t>(sum)] + with) / 2;
    }
  }
  return std::accumulate(share.begin(), share.begin() + statistic + 1, 0.0);
}

double NormalTwoSided(const std::vector<int64_t>& ranks, int64_t plus) {
  // Doubled ranks r: mean sum/2 and variance sum(r^2)/4 of the doubled statistic hold with ties.
  double mean = 0, variance = 0;
  for (const int64_t rank : ranks) {
    mean += static_cast<double>(rank) / 2;
    variance += static_cast<double>(rank * rank) / 4;
  }
  const double distance = std::abs(static_cast<double>(plus) - mean);
  return std::min(1.0, 2 * NormalCdf(-std::max(0.0, distance - 1) / std::sqrt(variance)));
}

}  // namespace

SampleSummary Summarise(const std::vector<double>& values) {
  SampleSummary summary;
  summary.n = static_cast<int64_t>(values.size());
  const auto n = static_cast<double>(values.size());
  summary.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() < 2) return summary;
  double squares = 0;
  for (const double value : values) squares += (value - summary.mean) * (value - summary.mean);
  summary.deviation = std::sqrt(squares / (n - 1));
  summary.half_width =
      boost::math::quantile(Student(n - 1), 0.975) * *summary.deviation / std::sqrt(n);
  return summary;
}

PairedTest TestPairs(const std::vector<double>& differences) {
  for (const double one : differences) CHAOSENSE_CHECK(std::isfinite(one));
  PairedTest test;
  test.differences = Summarise(differences);
  const SampleSummary& all = test.differences;
  // Differences that are equal but for rounding have no spread to compare their mean with.
  if (all.n >= 2 && *all.deviation > 1e-12 * std::abs(all.mean)) {
    const auto n = static_cast<double>(all.n);
    const double t = all.mean / (*all.deviation / std::sqrt(n));
    test.t_p = 2 * boost::math::cdf(Student(n - 1), -std::abs(t));
  }
  std::vector<double> nonzero = differences;
  std::erase(nonzero, 0.0);
  test.wilcoxon_n = static_cast<int64_t>(nonzero.size());
  if (nonzero.empty() || all.n < 2) return test;
  const std::vector<int64_t> ranks = DoubledRanks(nonzero);
  int64_t plus = 0, total = 0;
  for (size_t i = 0; i < ranks.size(); ++i) {
    plus += nonzero[i] > 0 ? ranks[i] : 0;
    total += ranks[i];
  }
  test.wilcoxon_plus = static_cast<double>(plus) / 2;
  test.wilcoxon_p = test.wilcoxon_n <= kExactPairs
                        ? std::min(1.0, 2 * ExactLowerTail(ranks, std::min(plus, total - plus)))
                        : NormalTwoSided(ranks, plus);
  return test;
}

bool IsSignificant(const PairedTest& test, double alpha) {
  return test.wilcoxon_n >= kFewestPairs && test.wilcoxon_p && *test.wilcoxon_p < alpha;
}

std::vector<double> HolmAdjusted(const std::vector<double>& p_values) {
  std::vector<size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(
      order.begin(), order.end(), [&](size_t a, size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double largest = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const auto left = static_cast<double>(order.size() - i);
    largest = std::max(largest, std::min(1.0, left * p_values[order[i]]));
    adjusted[order[i]] = largest;
  }
  return adjusted;
}

}  // namespace chaosense
