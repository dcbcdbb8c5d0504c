#include "experiments/speed_beside.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/base/file.h"

namespace chaosense {
namespace {

// Work that takes `times` times as long.
FillBytes Work(int times) {
  return [times](std::span<uint8_t> bytes) {
    uint32_t x = 1;
    for (int turn = 0; turn < times; ++turn) {
      for (uint8_t& byte : bytes) {
        x = x * 1664525 + 1013904223;
        byte = static_cast<uint8_t>(x >> 24);
      }
    }
  };
}

// Other threads take turns on the core all the while.
TEST(SpeedBeside, RatiosHoldOnABusyMachine) {
  std::atomic<bool> stop = false;
  {
    std::vector<std::jthread> load;
    const unsigned count = 2 * std::max(1u, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < count; ++i) {
      load.emplace_back([&stop] {
        Bytes bytes(1 << 16);
        while (!stop) Work(1)(bytes);
      });
    }
    const SpeedsBeside speeds = MeasureSpeedsBeside({Work(4), Work(4), Work(1)}, 21);
    stop = true;
    ASSERT_EQ(speeds.ratio_to_first.size(), 3u);
    EXPECT_EQ(speeds.ratio_to_first[0], 1);
    EXPECT_NEAR(speeds.ratio_to_first[1], 1, 0.1);
    EXPECT_NEAR(speeds.ratio_to_first[2], 4, 0.8);
    EXPECT_GT(speeds.bytes_per_second[0], 1e6);
  }
}

}  // namespace
}  // namespace chaosense
