#include "core/solvers/patch_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"

namespace chaosense {
namespace {

// As the published program: every fifth position, then all that are left.
TEST(ReferencePositions, CoverTheSide) {
  EXPECT_THAT(ReferencePositions(33), ::testing::ElementsAre(0, 5, 10, 15, 20, 25, 26, 27));
  EXPECT_THAT(ReferencePositions(6), ::testing::ElementsAre(0));
  EXPECT_THAT(ReferencePositions(16), ::testing::ElementsAre(0, 5, 10));
}

TEST(MatchPatches, FindsTheNearest) {
  constexpr int kHeight = 60;
  constexpr int kWidth = 70;
  RandomStream random("plane");
  std::vector<float> plane(kHeight * kWidth);
  for (float& v : plane) v = static_cast<float>(random.UniformInt(256));  // exact distances
  const std::vector<int> xs = {0, 5, 33, 64};
  for (const int y : {0, 30, 54}) {
    std::vector<int32_t> groups(xs.size() * kGroup);
    MatchPatches(plane, kHeight, kWidth, y, xs, groups);
    for (size_t i = 0; i < xs.size(); ++i) {
      std::vector<std::pair<double, int32_t>> all;
      for (int cy = 0; cy + kPatch <= kHeight; ++cy) {
        for (int cx = 0; cx + kPatch <= kWidth; ++cx) {
          if (std::abs(cy - y) > kSearchRadius || std::abs(cx - xs[i]) > kSearchRadius) continue;
          double distance = 0;
          for (int dy = 0; dy < kPatch; ++dy) {
            for (int dx = 0; dx < kPatch; ++dx) {
              distance += std::pow(plane[static_cast<size_t>((cy + dy) * kWidth + cx + dx)] -
                                       plane[static_cast<size_t>((y + dy) * kWidth + xs[i] + dx)],
                                   2);
            }
          }
          all.emplace_back(distance, cy * kWidth + cx);
        }
      }
      std::sort(all.begin(), all.end());
      std::vector<int32_t> expected;
      for (size_t k = 0; k < kGroup; ++k) expected.push_back(all[k].second);
      std::sort(expected.begin(), expected.end());
      EXPECT_THAT(std::vector<int32_t>(groups.begin() + static_cast<ptrdiff_t>(i) * kGroup,
                                       groups.begin() + static_cast<ptrdiff_t>(i + 1) * kGroup),
                  ::testing::ElementsAreArray(expected))
          << y << ", " << xs[i];
    }
  }
}

}  // namespace
}  // namespace chaosense
