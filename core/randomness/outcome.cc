#include "core/randomness/outcome.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace chaosense {
namespace {

// Chernoff's bound of the tail of the gamma distribution of shape a beyond x, where Boost's
// functions overflow on the way: below e^-700 the tail counts as 0.
bool Negligible(double a, double x) { return x <= 0 || a - x + a * std::log(x / a) < -700; }

double UpperGamma(double a, double x) {
  if (x <= 0) return 1;
  return x > a && Negligible(a, x) ? 0 : boost::math::gamma_q(a, x);
}
double LowerGamma(double a, double x) {
  if (x <= 0) return 0;
  return x < a && Negligible(a, x) ? 0 : boost::math::gamma_p(a, x);
}

}  // namespace

double UpperChiSquare(double chi2, double degrees) {
  // Far out, on the other side, the tail is 1.
  if (chi2 < degrees && Negligible(degrees / 2, chi2 / 2)) return 1;
  return UpperGamma(degrees / 2, chi2 / 2);
}

double LowerChiSquare(double chi2, double degrees) {
  if (chi2 > degrees && Negligible(degrees / 2, chi2 / 2)) return 1;
  return LowerGamma(degrees / 2, chi2 / 2);
}

double TwoSidedNormal(double z) { return std::erfc(std::fabs(z) / std::sqrt(2.0)); }

double TwiceTail(double lower, double upper) { return std::min(1.0, 2 * std::min(lower, upper)); }

double TwoSidedPoisson(double seen, double mean) {
  const double upper = seen == 0 ? 1 : LowerChiSquare(2 * mean, 2 * seen);  // P(X >= seen)
  return TwiceTail(UpperChiSquare(2 * mean, 2 * (seen + 1)), upper);
}

double TwoSidedBinomial(int64_t seen, int64_t trials, double probability) {
  const boost::math::binomial distribution(static_cast<double>(trials), probability);
  const double lower = boost::math::cdf(distribution, static_cast<double>(seen));
  const double upper =
      seen == 0
          ? 1
          : boost::math::cdf(boost::math::complement(distribution, static_cast<double>(seen - 1)));
  return TwiceTail(lower, upper);
}

}  // namespace chaosense
