// Section 4.2 of SP 800-22: what the p-values of many sequences say together.
#ifndef CHAOSENSE_CORE_RANDOMNESS_SECOND_LEVEL_H_
#define CHAOSENSE_CORE_RANDOMNESS_SECOND_LEVEL_H_

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/randomness/outcome.h"

namespace chaosense {

struct SecondLevel {
  std::string test;
  std::string variant;
  int64_t sequences = 0;    // to which the test was applicable
  int64_t passed = 0;       // with p >= alpha
  double proportion = 0;    // passed / sequences
  double lowest = 0;        // proportion bounds: p^ -+ 3 sqrt(p^ (1 - p^) / s), p^ = 1 - alpha,
  double highest = 1;       // cut to [0, 1]
  double proportion_p = 1;  // of `passed`, binomial, two-sided
  std::array<int64_t, 10> bins{};  // of p-values: [0, 0.1), ..., [0.9, 1]
  double uniformity = 0;           // P_T: chi-square of the bins, 9 degrees; NaN below 55 sequences

  // Of the two, less likely for an ideal source; the smaller p-value.
  double Worst() const {
    return UniformityKnown() ? std::min(proportion_p, uniformity) : proportion_p;
  }
  bool ProportionOk() const { return proportion >= lowest && proportion <= highest; }
  bool UniformityKnown() const { return uniformity == uniformity; }
  bool UniformityOk() const { return !UniformityKnown() || uniformity >= 1e-4; }
};

// One entry for each p-value of the tests, in order. Every element of `sequences` holds the
// outcomes of the same tests with the same options. Entries with no applicable sequence have
// sequences = 0.
std::vector<SecondLevel> JudgeSequences(const std::vector<TestOutcomes>& sequences, double alpha);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_SECOND_LEVEL_H_
