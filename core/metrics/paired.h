// Paired comparison of two sets of numbers measured on the same things (images, seeds).
#ifndef CHAOSENSE_CORE_METRICS_PAIRED_H_
#define CHAOSENSE_CORE_METRICS_PAIRED_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace chaosense {

// Of one sample.
struct SampleSummary {
  int64_t n = 0;
  double mean = 0;                   // NaN if n = 0
  std::optional<double> deviation;   // sample standard deviation (n - 1), from n = 2 on
  std::optional<double> half_width;  // of the 95 % interval of the mean (Student's t), from n = 2
};

SampleSummary Summarise(const std::vector<double>& values);

// Of the differences of pairs. Two tests stand side by side, as one needs normal differences and
// the other does not.
struct PairedTest {
  SampleSummary differences;  // their mean, and t interval
  // Two-sided p of the paired t-test; none below 2 pairs, or if all differences are equal.
  std::optional<double> t_p;
  // Two-sided p of Wilcoxon's signed-rank test: exact by enumeration of the signs, ties at their
  // mean ranks, differences of 0 dropped (Wilcoxon 1945); up to kExactPairs that are not 0, else
  // the normal approximation with correction for ties and continuity. None if all are 0, or of one
  // pair, of which it would be 1 whatever the difference.
  std::optional<double> wilcoxon_p;
  int64_t wilcoxon_n = 0;    // differences that are not 0
  double wilcoxon_plus = 0;  // sum of the ranks of the positive differences
};

inline constexpr int64_t kExactPairs = 50;
// Below this many pairs that differ, no outcome of the signed-rank test reaches 0.05 (2 / 2^5 =
// 0.0625), so nothing is called significant.
inline constexpr int64_t kFewestPairs = 6;

// All differences must be finite.
PairedTest TestPairs(const std::vector<double>& differences);

// Whether the difference may be called significant at `alpha`: enough pairs, and the p of the
// signed-rank test, which does not assume a distribution, below it.
bool IsSignificant(const PairedTest& test, double alpha = 0.05);

// Holm's step-down adjustment (1979) of p-values tested together; in the same order.
std::vector<double> HolmAdjusted(const std::vector<double>& p_values);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_PAIRED_H_
