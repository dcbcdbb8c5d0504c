// What a randomness test says about a sequence.
#ifndef CHAOSENSE_CORE_RANDOMNESS_OUTCOME_H_
#define CHAOSENSE_CORE_RANDOMNESS_OUTCOME_H_

#include <fmt/format.h>

#include <cstdint>
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

// P(X >= chi2) and P(X <= chi2) of the chi-square distribution, NIST's igamc and igam of (degrees /
// 2, chi2 / 2). Tails below e^-700 are 0. chi2 >= 0, degrees > 0.
double UpperChiSquare(double chi2, double degrees);
double LowerChiSquare(double chi2, double degrees);
// P(|Z| >= |z|) of the standard normal distribution.
double TwoSidedNormal(double z);
// Twice the smaller of two tails, at most 1.
double TwiceTail(double lower, double upper);
// Of a Poisson distribution: twice the smaller of P(X <= seen) and P(X >= seen), at most 1. mean >
// 0.
double TwoSidedPoisson(double seen, double mean);
// Of a binomial distribution, in the same way.
double TwoSidedBinomial(int64_t seen, int64_t trials, double probability);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_OUTCOME_H_
