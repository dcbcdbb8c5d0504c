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

// How the values of one measure are judged.
struct Judge {
  std::function<double(double value)> p_value;        // of one pair
  std::function<double(double value)> exact_p_value;  // far in the tail, too
  std::function<double(double mean)> mean_p_value;
  std::function<bool(double value, double alpha)> fails;
  double correlation = 0;  // of the values of two pairs
};

// P(at least `fails` of `pairs` fail the two-sided level `alpha`) for normal values of that
// correlation: they are independent once their common part g is given.
double FailPValue(int64_t pairs, double alpha, int64_t fails, double correlation) {
  if (correlation == 0) return BinomialUpperTail(pairs, alpha, fails);
  const double critical = NormalQuantile(1 - alpha / 2);
  const double own = std::sqrt(1 - correlation);
  double p = 0, weights = 0;
  for (double g = -8; g <= 8; g += 1.0 / 32) {
    const double common = std::sqrt(correlation) * g;
    const double fail =
        NormalCdf((common - critical) / own) + NormalCdf((-common - critical) / own);
    const double weight = std::exp(-g * g / 2);
    p += weight * BinomialUpperTail(pairs, fail, fails);
    weights += weight;
  }
  return p / weights;
}

DifferentialSummary Summarise(const std::vector<double>& values, const Judge& judge) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  DifferentialSummary summary;
  summary.pairs = static_cast<int64_t>(values.size());
  if (values.empty()) {
    summary.mean = summary.min = summary.max = kNan;
    summary.mean_p = summary.least_p = summary.ks_p = kNan;
  } else {
    summary.mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    summary.min = *std::min_element(values.begin(), values.end());
    summary.max = *std::max_element(values.begin(), values.end());
    summary.mean_p = judge.mean_p_value(summary.mean);
    double least = 1;
    std::vector<double> p;
    for (const double value : values) {
      p.push_back(judge.p_value(value));
      least = std::min(least, judge.exact_p_value(value));
    }
    summary.least_p = std::min(1.0, least * static_cast<double>(summary.pairs));
    summary.ks_p = KolmogorovSmirnovUniform(std::move(p));
  }
  for (const double alpha : {0.05, 0.01, 0.001}) {
    DifferentialSummary::Level level;
    level.alpha = alpha;
    level.fails = std::count_if(
        values.begin(), values.end(), [&](double v) { return judge.fails(v, alpha); });
    level.fail_p = FailPValue(summary.pairs, alpha, level.fails, judge.correlation);
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

double SharedUaciCorrelation(double f) {
  double sum = 0, squares = 0;
  for (double a = 0; a <= f; ++a) {
    const double mean = (a * (a + 1) + (f - a) * (f - a + 1)) / (2 * f * (f + 1));
    sum += mean / (f + 1);
    squares += mean * mean / (f + 1);
  }
  return (squares - sum * sum) / (UaciSd(1, f) * UaciSd(1, f));
}

bool DifferentialSummary::Passes(const Level& level) const {
  constexpr double kLevel = 0.001;
  return level.fail_p >= kLevel && mean_p >= kLevel && least_p >= kLevel;
}

DifferentialSummary SummariseNpcr(std::span<const DifferentialPair> pairs, int64_t elements) {
  std::vector<double> values;
  for (const DifferentialPair& pair : pairs) values.push_back(pair.npcr);
  Judge judge;
  judge.p_value = [&](double value) { return NpcrPValue(value, elements); };
  // Of 37,632 bytes the normal tail is three times too thin at 1e-5.
  judge.exact_p_value = [&](double value) {
    const auto equal = std::llround((1 - value) * static_cast<double>(elements));
    return BinomialUpperTail(elements, 1 - IdealNpcr(), equal);
  };
  // The mean of n independent pairs of L elements behaves as one pair of n L elements.
  const auto n = static_cast<int64_t>(values.size());
  judge.mean_p_value = [&, n](double mean) { return NpcrPValue(mean, elements * n); };
  judge.fails = [&](double v, double alpha) { return v <= NpcrCritical(elements, alpha); };
  return Summarise(values, judge);
}

DifferentialSummary SummariseUaci(std::span<const DifferentialPair> pairs,
                                  int64_t elements,
                                  PairsShare share) {
  std::vector<double> values;
  for (const DifferentialPair& pair : pairs) values.push_back(pair.uaci);
  Judge judge;
  judge.p_value = [&](double value) { return UaciPValue(value, elements); };
  judge.exact_p_value = judge.p_value;
  judge.correlation = share == PairsShare::kNothing ? 0 : SharedUaciCorrelation();
  const double n = static_cast<double>(std::max<size_t>(1, values.size()));
  const double independent = 1 / (judge.correlation + (1 - judge.correlation) / n);
  const auto all = std::llround(static_cast<double>(elements) * independent);
  judge.mean_p_value = [all](double mean) { return UaciPValue(mean, all); };
  judge.fails = [&](double v, double alpha) { return !UaciCritical(elements, alpha).Contains(v); };
  return Summarise(values, judge);
}

}  // namespace chaosense
