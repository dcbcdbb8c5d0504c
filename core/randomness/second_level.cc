#include "core/randomness/second_level.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {

std::vector<SecondLevel> JudgeSequences(const std::vector<TestOutcomes>& sequences, double alpha) {
  CHAOSENSE_CHECK(alpha > 0 && alpha < 1, "alpha {}", alpha);
  std::vector<SecondLevel> all;
  if (sequences.empty()) return all;
  for (size_t t = 0; t < sequences[0].size(); ++t) {
    SecondLevel level;
    level.test = sequences[0][t].test;
    level.variant = sequences[0][t].variant;
    for (const TestOutcomes& outcomes : sequences) {
      CHAOSENSE_CHECK(outcomes.size() == sequences[0].size() && outcomes[t].test == level.test &&
                          outcomes[t].variant == level.variant,
                      "the sequences were not tested alike");
      if (!outcomes[t].applicable()) continue;
      const double p = outcomes[t].p_value;
      ++level.sequences;
      level.passed += p >= alpha;
      ++level.bins[static_cast<size_t>(std::clamp(static_cast<int>(p * 10), 0, 9))];
    }
    const double s = static_cast<double>(level.sequences);
    const double share = 1 - alpha;
    const double margin = 3 * std::sqrt(share * alpha / s);
    level.proportion = static_cast<double>(level.passed) / s;
    level.lowest = std::max(0.0, share - margin);
    level.highest = std::min(1.0, share + margin);
    if (level.sequences > 0) {
      // P(p >= alpha) = 1 - alpha for a continuous p-value.
      level.proportion_p = TwoSidedBinomial(level.passed, level.sequences, share);
    }
    level.uniformity = std::numeric_limits<double>::quiet_NaN();
    if (level.sequences >= 55) {
      double chi2 = 0;
      for (const int64_t count : level.bins) {
        const double off = static_cast<double>(count) - s / 10;
        chi2 += off * off / (s / 10);
      }
      level.uniformity = UpperChiSquare(chi2, 9);
    }
    all.push_back(level);
  }
  return all;
}

}  // namespace chaosense
