#include "core/image/blocks.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace chaosense {
namespace {

// 256 -> 264 = 8 x 8 blocks, 512 -> 528 = 16 x 16: the paper's and the peers' padding.
TEST(Blocks, GridOfThePapersSizes) {
  EXPECT_EQ(GridFor(256, 256), (BlockGrid{8, 8}));
  EXPECT_EQ(GridFor(512, 512), (BlockGrid{16, 16}));
  EXPECT_EQ(GridFor(33, 34), (BlockGrid{1, 2}));
}

TEST(Blocks, PaddingIsZeroAtRightAndBottom) {
  ImageF image(Shape{1, 1, 3});
  image.data = {1, 2, 3};
  EXPECT_EQ(SplitBlocks(image, 2), (std::vector<float>{1, 2, 0, 0, 3, 0, 0, 0}));
}

RC_GTEST_PROP(Blocks, MergeInvertsSplit, ()) {
  const Shape shape{*rc::gen::element(1, 3), *rc::gen::inRange(1, 80), *rc::gen::inRange(1, 80)};
  const int block = *rc::gen::inRange(1, 40);
  ImageF image(shape);
  std::iota(image.data.begin(), image.data.end(), 1.0f);
  RC_ASSERT(MergeBlocks(SplitBlocks(image, block), shape, block) == image);
}

}  // namespace
}  // namespace chaosense
