// What a randomness test says about a sequence.
#ifndef CHAOSENSE_CORE_RANDOMNESS_OUTCOME_H_
#define CHAOSENSE_CORE_RANDOMNESS_OUTCOME_H_

#include <fmt/format.h>

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace chaosense {

struct TestOutcome {
  std::string test;     // "Frequency", "NonOverlappingTemplate", ...
  std::string variant;  // "forward", "000000001", "x=-4"; empty if the test has one p-value
  double statistic = std::numeric_limits<double>::quiet_NaN();
  double p_value = std::numeric_limits<double>::quiet_NaN();  // NaN: not applicable
  std::string not_applicable;                                 // the reason; empty: p_value holds

  bool applicable() const { return not_applicable.empty(); }
  bool Fails(double alpha) const { return applicable() && !(p_value >= alpha); }
  std::string Name() const { return variant.empty() ? test : test + " " + variant; }
};

using TestOutcomes = std::vector<TestOutcome>;

inline TestOutcome NotApplicable(std::string test, std::string reason, std::string variant = "") {
  TestOutcome outcome;
  outcome.test = std::move(test);
  outcome.variant = std::move(variant);
  outcome.not_applicable = std::move(reason);
  return outcome;
}

// P(X >= chi2) of the chi-square distribution, NIST's igamc(degrees / 2, chi2 / 2).
inline double UpperChiSquare(double chi2, double degrees) {
  return boost::math::gamma_q(degrees / 2, chi2 / 2);
}
// P(|Z| >= |z|) of the standard normal distribution.
inline double TwoSidedNormal(double z) { return std::erfc(std::fabs(z) / std::sqrt(2.0)); }

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_OUTCOME_H_
