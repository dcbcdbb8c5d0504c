#include "core/randomness/until_failure.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/signals.h"
#include "core/randomness/byte_tests.h"

namespace chaosense {

UntilFailure TestUntilFailure(ByteSource& source,
                              const UntilFailureOptions& options,
                              const std::function<void(const FailureLevel&)>& on_level) {
  CHAOSENSE_CHECK(options.first >= 256 && options.limit >= options.first,
                  "{} .. {} bytes",
                  options.first,
                  options.limit);
  UntilFailure result;
  Bytes bytes;
  for (uint64_t level_size = options.first; !result.source_ended && !result.failed_at;) {
    ThrowIfInterrupted();
    const size_t old = bytes.size();
    bytes.resize(level_size);
    const size_t got = source.Read(std::span(bytes).subspan(old));
    if (source.LastBits() != 8 && got > 0 && old + got < level_size) {
      bytes.resize(old + got - 1);  // a byte that text left unfinished is dropped
    } else {
      bytes.resize(old + got);
    }
    result.source_ended = bytes.size() < level_size;
    if (bytes.size() < options.first) {
      throw DataError(
          "{}: {} bytes, at least {} are needed", source.name(), bytes.size(), options.first);
    }
    if (bytes.size() == result.bytes_tested) break;  // it ended with the level before
    FailureLevel level;
    level.bytes = result.bytes_tested = bytes.size();
    level.worst.p_value = 2;
    for (TestOutcome& outcome : RunByteTests(bytes)) {
      if (!outcome.applicable()) continue;
      ++level.tests;
      if (outcome.p_value < level.worst.p_value) level.worst = outcome;
      if (outcome.p_value < options.threshold) result.failures.push_back(std::move(outcome));
    }
    result.p_values += level.tests;
    if (!result.failures.empty()) result.failed_at = level.bytes;
    result.levels.push_back(level);
    if (on_level) on_level(level);
    if (level_size == options.limit) break;
    level_size = std::min(2 * level_size, options.limit);
  }
  std::sort(result.failures.begin(),
            result.failures.end(),
            [](const TestOutcome& a, const TestOutcome& b) { return a.p_value < b.p_value; });
  result.false_alarm_bound = result.p_values * options.threshold;
  return result;
}

}  // namespace chaosense
