// Bytes until failure: the byte tests over the first 1 KiB, 2 KiB, 4 KiB, ... of a stream, until
// one fails clearly. A single number that ranks generators, in the manner of PractRand.
//
// A failure is clear if a p-value falls below 1e-10. A run up to 1 GiB makes 21 times at most 80
// p-values; by Bonferroni's bound an ideal source fails with probability below 1.7e-7. The stream
// is counted as it comes (byte_battery.h): memory does not grow with the limit.
#ifndef CHAOSENSE_CORE_RANDOMNESS_UNTIL_FAILURE_H_
#define CHAOSENSE_CORE_RANDOMNESS_UNTIL_FAILURE_H_

#include <functional>
#include <optional>
#include <vector>

#include "core/randomness/byte_source.h"
#include "core/randomness/outcome.h"

namespace chaosense {

struct UntilFailureOptions {
  uint64_t first = uint64_t{1} << 10;  // bytes of the first level
  uint64_t limit = uint64_t{1} << 26;  // bytes of the last level at most
  double threshold = 1e-10;
};

struct FailureLevel {
  uint64_t bytes = 0;
  int tests = 0;      // p-values at this level
  TestOutcome worst;  // the smallest of them
};

struct UntilFailure {
  std::optional<uint64_t> failed_at;  // bytes; nothing: no failure within what was read
  uint64_t bytes_tested = 0;
  bool source_ended = false;  // before the limit
  std::vector<FailureLevel> levels;
  TestOutcomes failures;  // of the last level
  // Of the last level, Bonferroni: its smallest p-value times their number, at most 1.
  double AdjustedP() const;
  // Tests of the last level that fail at 0.01 by Holm's procedure: an ideal source has one or more
  // with probability 0.01.
  int failed_by_holm = 0;
  int p_values = 0;  // of all levels
  // Bonferroni's bound for an ideal source: p_values times the threshold.
  double false_alarm_bound = 0;
};

// `on_level` is called after each level. A source that ends between two levels is tested whole as
// the last one. Throws Error(kData) if it holds fewer than `first` bytes.
UntilFailure TestUntilFailure(ByteSource& source,
                              const UntilFailureOptions& options,
                              const std::function<void(const FailureLevel&)>& on_level = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_UNTIL_FAILURE_H_
