#include "core/randomness/until_failure.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/signals.h"
#include "core/randomness/byte_battery.h"

namespace chaosense {
namespace {

// Reads on until the battery holds `level` bytes; false if the source ends before. A byte that text
// left unfinished is dropped.
bool ReadUpTo(uint64_t level, ByteSource& source, ByteBattery& battery) {
  constexpr uint64_t kPiece = uint64_t{1} << 20;
  Bytes piece;
  while (battery.size() < level) {
    ThrowIfInterrupted();
    piece.resize(static_cast<size_t>(std::min(kPiece, level - battery.size())));
    const size_t got = source.Read(piece);
    const bool ended = got < piece.size();
    const bool unfinished = ended && got > 0 && source.LastBits() != 8;
    battery.Add(std::span(piece).first(unfinished ? got - 1 : got));
    if (ended) return false;
  }
  return true;
}

// Holm, Scand. J. Statist. 6 (1979) 65: the k-th smallest of n against level / (n - k + 1), until
// one holds.
int FailedByHolm(std::vector<double> p_values, double level) {
  std::sort(p_values.begin(), p_values.end());
  int failed = 0;
  for (const double p : p_values) {
    if (p * (static_cast<double>(p_values.size()) - failed) >= level) break;
    ++failed;
  }
  return failed;
}

}  // namespace

double UntilFailure::AdjustedP() const {
  const FailureLevel& last = levels.back();
  return std::min(1.0, last.worst.p_value * last.tests);
}

UntilFailure TestUntilFailure(ByteSource& source,
                              const UntilFailureOptions& options,
                              const std::function<void(const FailureLevel&)>& on_level) {
  CHAOSENSE_CHECK(options.first >= 256 && options.limit >= options.first,
                  "{} .. {} bytes",
                  options.first,
                  options.limit);
  constexpr double kHolmLevel = 0.01;
  UntilFailure result;
  ByteBattery battery;
  for (uint64_t level_size = options.first; !result.source_ended && !result.failed_at;) {
    result.source_ended = !ReadUpTo(level_size, source, battery);
    if (battery.size() < options.first) {
      throw DataError(
          "{}: {} bytes, at least {} are needed", source.name(), battery.size(), options.first);
    }
    if (battery.size() == result.bytes_tested) break;  // it ended with the level before
    FailureLevel level;
    level.bytes = result.bytes_tested = battery.size();
    level.worst.p_value = 2;
    std::vector<double> p_values;
    for (TestOutcome& outcome : battery.Outcomes()) {
      if (!outcome.applicable()) continue;
      p_values.push_back(outcome.p_value);
      if (outcome.p_value < level.worst.p_value) level.worst = outcome;
      if (outcome.p_value < options.threshold) result.failures.push_back(std::move(outcome));
    }
    level.tests = static_cast<int>(p_values.size());
    result.failed_by_holm = FailedByHolm(std::move(p_values), kHolmLevel);
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
