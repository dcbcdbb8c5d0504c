#include "core/metrics/statistics.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace chaosense {

double NormalCdf(double z) {
  if (std::isinf(z)) return z > 0 ? 1 : 0;
  return std::isnan(z) ? z : boost::math::cdf(boost::math::normal(), z);
}

double NormalQuantile(double probability) {
  CHAOSENSE_CHECK(probability > 0 && probability < 1, "probability {}", probability);
  return boost::math::quantile(boost::math::normal(), probability);
}

double ChiSquareUpperTail(double chi2, double degrees) {
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(degrees), chi2));
}

double ChiSquareCritical(double alpha, double degrees) {
  CHAOSENSE_CHECK(alpha > 0 && alpha < 1, "alpha {}", alpha);
  return boost::math::quantile(boost::math::complement(boost::math::chi_squared(degrees), alpha));
}

double BinomialUpperTail(int64_t trials, double probability, int64_t at_least) {
  CHAOSENSE_CHECK(trials >= 0 && at_least <= trials, "{} of {}", at_least, trials);
  if (at_least <= 0) return 1;
  const boost::math::binomial distribution(static_cast<double>(trials), probability);
  return boost::math::cdf(boost::math::complement(distribution, static_cast<double>(at_least - 1)));
}

double KolmogorovSmirnovUniform(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  double distance = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const double below = static_cast<double>(i) / n;
    const double above = static_cast<double>(i + 1) / n;
    distance = std::max({distance, values[i] - below, above - values[i]});
  }
  const double lambda = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance;
  if (lambda < 0.2)
    return 1;  // the series below needs many terms there; the true value is 1 to 12 digits
  double p = 0;
  for (int k = 1; k <= 100; ++k) {
    const double term = 2 * std::exp(-2.0 * k * k * lambda * lambda);
    p += k % 2 == 1 ? term : -term;
    if (term < 1e-17) break;
  }
  return std::clamp(p, 0.0, 1.0);
}

}  // namespace chaosense
