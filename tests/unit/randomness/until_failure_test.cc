#include "core/randomness/until_failure.h"

#include <gmock/gmock.h>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/randomness/byte_battery.h"

namespace chaosense {
namespace {

std::unique_ptr<ByteSource> Generator(std::function<uint8_t()> next) {
  return MakeGeneratorSource("generator", [next](std::span<uint8_t> bytes) {
    for (uint8_t& byte : bytes) byte = next();
  });
}

TEST(UntilFailure, GoodGeneratorReachesTheLimit) {
  auto random = std::make_shared<RandomStream>("until failure");
  const auto source = Generator([random] { return static_cast<uint8_t>(random->Next() >> 30); });
  UntilFailureOptions options;
  options.limit = 1 << 20;
  std::vector<uint64_t> seen;
  const UntilFailure result = TestUntilFailure(
      *source, options, [&](const FailureLevel& level) { seen.push_back(level.bytes); });
  EXPECT_FALSE(result.failed_at.has_value()) << result.failures[0].Name();
  EXPECT_EQ(result.bytes_tested, 1U << 20);
  EXPECT_EQ(result.levels.size(), 11U);
  ASSERT_EQ(seen.size(), 11U);
  EXPECT_EQ(seen[3], 8192U);
  EXPECT_LT(result.false_alarm_bound, 1e-7);
  EXPECT_LE(result.levels.back().tests, 80);  // what the header's bound counts with
}

// A generator of period 5,000 bytes cannot be told before it has come round.
TEST(UntilFailure, PeriodIsFoundOnceItHasComeRound) {
  RandomStream random("period");
  const Bytes cycle = random.RandomBytes(5000);
  const auto source = Generator([cycle, i = size_t{0}]() mutable { return cycle[i++ % 5000]; });
  const UntilFailure result = TestUntilFailure(*source, {});
  EXPECT_EQ(result.failed_at, 8192U);
  EXPECT_EQ(result.failures[0].test, "RepeatedWords");
}

// The classical linear congruential generator of C libraries, its low byte: every bit of weight 2^k
// has period 2^(k+1).
TEST(UntilFailure, LowByteOfALinearCongruentialGeneratorFailsAtOnce) {
  const auto source = Generator([x = uint32_t{1}]() mutable {
    x = x * 1103515245 + 12345;
    return static_cast<uint8_t>(x);
  });
  EXPECT_EQ(TestUntilFailure(*source, {}).failed_at, 1024U);
}

// Counting goes on from level to level: what is found is what the battery finds on the whole.
TEST(UntilFailure, LevelsAreThoseOfTheWhole) {
  RandomStream random("levels");
  const Bytes bytes = random.RandomBytes(1 << 18);
  UntilFailureOptions options;
  options.limit = bytes.size();
  const UntilFailure result = TestUntilFailure(*MakeMemorySource("memory", bytes), options);
  for (const FailureLevel& level : result.levels) {
    double smallest = 2;
    for (const TestOutcome& one : RunByteTests(std::span(bytes).first(level.bytes))) {
      if (one.applicable()) smallest = std::min(smallest, one.p_value);
    }
    EXPECT_EQ(level.worst.p_value, smallest) << level.bytes;
  }
  EXPECT_EQ(result.AdjustedP(),
            std::min(1.0, result.levels.back().worst.p_value * result.levels.back().tests));
  EXPECT_EQ(result.failed_by_holm > 0, result.AdjustedP() < 0.01);
}

TEST(UntilFailure, AShortSourceIsTestedWhole) {
  RandomStream random("short");
  const auto source = MakeMemorySource("memory", random.RandomBytes(3000));
  const UntilFailure result = TestUntilFailure(*source, {});
  EXPECT_TRUE(result.source_ended);
  EXPECT_EQ(result.bytes_tested, 3000U);
  EXPECT_EQ(result.levels.size(), 3U);
  const auto exact = MakeMemorySource("memory", random.RandomBytes(2048));
  EXPECT_EQ(TestUntilFailure(*exact, {}).levels.size(), 2U);
  const auto tiny = MakeMemorySource("memory", random.RandomBytes(1023));
  try {
    TestUntilFailure(*tiny, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "memory: 1023 bytes, at least 1024 are needed");
  }
}

}  // namespace
}  // namespace chaosense
