#include "core/sensing/codes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace chaosense {
namespace {

// The paper's compressed 256 x 256 image: 64 blocks of 3 x 14 x 14 are 3 x 112 x 112 = 37,632
// bytes.
TEST(Codes, ArrangementOfThePapersImage) {
  Codes<uint8_t> codes{{8, 8}, {3, 14, 14}, std::vector<uint8_t>(64 * 588)};
  const ImageU8 image = ArrangeAsImage(codes);
  EXPECT_EQ(image.shape, (Shape{3, 112, 112}));
  EXPECT_EQ(image.data.size(), 37632u);
}

TEST(Codes, BlocksLieSideBySide) {
  const Codes<float> codes{{1, 2}, {1, 1, 2}, {1, 2, 3, 4}};
  EXPECT_EQ(ArrangeAsImage(codes).data, (std::vector<float>{1, 2, 3, 4}));
  const Codes<float> tall{{1, 2}, {1, 2, 1}, {1, 2, 3, 4}};
  EXPECT_EQ(ArrangeAsImage(tall).data, (std::vector<float>{1, 3, 2, 4}));
}

RC_GTEST_PROP(Codes, FromArrangementInverts, ()) {
  const BlockGrid grid{*rc::gen::inRange(1, 5), *rc::gen::inRange(1, 5)};
  const Shape block{*rc::gen::inRange(1, 4), *rc::gen::inRange(1, 6), *rc::gen::inRange(1, 6)};
  Codes<float> codes{
      grid, block, std::vector<float>(static_cast<size_t>(grid.count()) * block.size())};
  std::iota(codes.values.begin(), codes.values.end(), 0.0f);
  RC_ASSERT(FromArrangement(ArrangeAsImage(codes), grid, block) == codes);
}

}  // namespace
}  // namespace chaosense
