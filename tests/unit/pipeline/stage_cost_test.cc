#include "experiments/stage_cost.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>
#include <vector>

namespace chaosense {
namespace {

TEST(StageCost, SecondsAreWallClock) {
  const double seconds =
      SecondsOf([] { std::this_thread::sleep_for(std::chrono::milliseconds(30)); });
  EXPECT_GE(seconds, 0.03);
  EXPECT_LT(seconds, 3);
}

#if !defined(__SANITIZE_ADDRESS__)  // keeps freed memory resident
TEST(StageCost, PeakIsAboveWhatWasResidentAndForgetsEarlierPeaks) {
  constexpr size_t kBytes = 64 << 20;
  const auto touch = [](size_t bytes) {
    std::vector<char> block(bytes, 1);
    return block[bytes / 2];
  };
  const MemoryPeak large(true);
  EXPECT_EQ(touch(kBytes), 1);
  if (std::isnan(large.BytesAbove())) GTEST_SKIP() << "no /proc/self/clear_refs here";
  EXPECT_GE(large.BytesAbove(), 0.95 * kBytes);
  EXPECT_LE(large.BytesAbove(), 1.5 * kBytes);
  const MemoryPeak small(true);
  EXPECT_EQ(touch(kBytes / 8), 1);
  EXPECT_GE(small.BytesAbove(), 0.8 * kBytes / 8);
  EXPECT_LE(small.BytesAbove(), 0.5 * kBytes);
  EXPECT_TRUE(std::isnan(MemoryPeak(false).BytesAbove()));
}
#endif

}  // namespace
}  // namespace chaosense
