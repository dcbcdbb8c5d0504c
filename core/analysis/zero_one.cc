#include "core/analysis/zero_one.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "core/analysis/confidence.h"
#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {
namespace {

// K_c of one frequency.
double GrowthAt(double c, std::span<const double> series, double mean) {
  const size_t n = series.size();
  const size_t most = n / 10;
  std::vector<double> p(n);
  std::vector<double> q(n);
  double sum_p = 0;
  double sum_q = 0;
  for (size_t j = 0; j < n; ++j) {
    const double angle = c * static_cast<double>(j + 1);
    p[j] = sum_p += series[j] * std::cos(angle);
    q[j] = sum_q += series[j] * std::sin(angle);
  }
  std::vector<double> time(most);
  std::vector<double> growth(most);
  for (size_t lag = 1; lag <= most; ++lag) {
    double sum = 0;
    for (size_t j = 0; j < n - most; ++j) {
      const double dp = p[j + lag] - p[j];
      const double dq = q[j + lag] - q[j];
      sum += dp * dp + dq * dq;
    }
    time[lag - 1] = static_cast<double>(lag);
    growth[lag - 1] =
        sum / static_cast<double>(n - most) -
        mean * mean * (1 - std::cos(static_cast<double>(lag) * c)) / (1 - std::cos(c));
  }
  const double correlation = FitLine(time, growth).correlation;
  return std::isnan(correlation) ? 0.0 : correlation;  // a constant series does not move at all
}

}  // namespace

double ZeroOneTest(std::span<const double> series, int frequencies, uint64_t seed) {
  CHAOSENSE_CHECK(series.size() >= 100 && frequencies >= 1);
  double mean = 0;
  for (const double value : series) {
    if (!std::isfinite(value)) return std::numeric_limits<double>::quiet_NaN();
    mean += value / static_cast<double>(series.size());
  }
  double spread = 0;
  for (const double value : series) spread = std::max(spread, std::fabs(value - mean));
  if (spread <= 1e-12 * std::fabs(mean)) return 0;  // at rest, but for rounding
  RandomStream random(fmt::format("0-1 test|{}", seed));
  std::vector<double> growth;
  for (int i = 0; i < frequencies; ++i) {
    // Away from 0 and pi, where low-frequency and period-two resonances sit.
    const double c = std::numbers::pi / 5 * (1 + 3 * random.Uniform());
    growth.push_back(GrowthAt(c, series, mean));
  }
  return MedianOf(std::move(growth));
}

}  // namespace chaosense
