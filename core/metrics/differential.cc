#include "core/metrics/differential.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/metrics/statistics.h"

namespace chaosense {
namespace {

void CheckSizes(const char* metric, size_t a, size_t b) {
  if (a != b || a == 0)
    throw ConfigError("{}: ciphertexts of {} and {} bytes cannot be compared", metric, a, b);
}

DifferentialSummary Summarise(const std::vector<double>& values,
                              const std::function<double(double value, int64_t pairs)>& p_value,
                              const std::function<bool(double value, double alpha)>& fails) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  DifferentialSummary summary;
  summary.pairs = static_cast<int64_t>(values.size());
  if (values.empty()) {
    summary.mean = summary.min = summary.max = summary.mean_p = summary.ks_p = kNan;
  } else {
    summary.mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    summary.min = *std::min_element(values.begin(), values.end());
    summary.max = *std::max_element(values.begin(), values.end());
    // The mean of n pairs of L elements behaves as one pair of n L elements.
    summary.mean_p = p_value(summary.mean, summary.pairs);
    std::vector<double> p;
    for (const double value : values) p.push_back(p_value(value, 1));
    summary.ks_p = KolmogorovSmirnovUniform(std::move(p));
  }
  for (const double alpha : {0.05, 0.01, 0.001}) {
    DifferentialSummary::Level level;
    level.alpha = alpha;
    level.fails =
        std::count_if(values.begin(), values.end(), [&](double v) { return fails(v, alpha); });
    level.fail_p = BinomialUpperTail(summary.pairs, alpha, level.fails);
    summary.levels.push_back(level);
  }
  return summary;
}

}  // namespace

double Npcr(std::span<const uint8_t> a, std::span<const uint8_t> b) {
  CheckSizes("npcr", a.size(), b.size());
  size_t changed = 0;
  for (size_t i = 0; i < a.size(); ++i) changed += a[i] != b[i];
  return static_cast<double>(changed) / static_cast<double>(a.size());
}

double Uaci(std::span<const uint8_t> a, std::span<const uint8_t> b, double largest) {
  CheckSizes("uaci", a.size(), b.size());
  int64_t sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += std::abs(int{a[i]} - int{b[i]});
  return static_cast<double>(sum) / largest / static_cast<double>(a.size());
}

double IdealNpcr(double f) { return f / (f + 1); }

double IdealUaci(double f) { return (f + 2) / (3 * f + 3); }

double NpcrSd(int64_t elements, double f) {
  return std::sqrt(f / static_cast<double>(elements)) / (f + 1);
}

double UaciSd(int64_t elements, double f) {
  return std::sqrt((f + 2) * (f * f + 2 * f + 3) /
                   (18 * (f + 1) * (f + 1) * f * static_cast<double>(elements)));
}

double NpcrCritical(int64_t elements, double alpha, double f) {
  return IdealNpcr(f) - NormalQuantile(1 - alpha) * NpcrSd(elements, f);
}

Interval UaciCritical(int64_t elements, double alpha, double f) {
  const double reach = NormalQuantile(1 - alpha / 2) * UaciSd(elements, f);
  return {IdealUaci(f) - reach, IdealUaci(f) + reach};
}

double NpcrPValue(double npcr, int64_t elements, double f) {
  return NormalCdf((npcr - IdealNpcr(f)) / NpcrSd(elements, f));
}

double UaciPValue(double uaci, int64_t elements, double f) {
  return std::erfc(std::abs(uaci - IdealUaci(f)) / UaciSd(elements, f) / std::sqrt(2.0));
}

DifferentialSummary SummariseNpcr(std::span<const DifferentialPair> pairs, int64_t elements) {
  std::vector<double> values;
  for (const DifferentialPair& pair : pairs) values.push_back(pair.npcr);
  const auto p_value = [&](double value, int64_t n) { return NpcrPValue(value, elements * n); };
  return Summarise(
      values, p_value, [&](double v, double alpha) { return v <= NpcrCritical(elements, alpha); });
}

DifferentialSummary SummariseUaci(std::span<const DifferentialPair> pairs, int64_t elements) {
  std::vector<double> values;
  for (const DifferentialPair& pair : pairs) values.push_back(pair.uaci);
  const auto p_value = [&](double value, int64_t n) { return UaciPValue(value, elements * n); };
  return Summarise(values, p_value, [&](double v, double alpha) {
    return !UaciCritical(elements, alpha).Contains(v);
  });
}

}  // namespace chaosense
