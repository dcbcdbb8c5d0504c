#include "core/data/derive.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/unit/data/test_folder.h"

namespace chaosense {
namespace {

TEST(Derive, HalfIsTheRoundedMeanOfFour) {
  // (0 + 1 + 2 + 3 + 2) >> 2 = 2, (255 * 4 + 2) >> 2 = 255, (10 + 10 + 11 + 10 + 2) >> 2 = 10.
  const ImageU8 image(Shape{1, 2, 6}, {0, 1, 255, 255, 10, 10, 2, 3, 255, 255, 11, 10});
  const ImageU8 half = Derive(image, DeriveRule::kHalf);
  EXPECT_EQ(half, ImageU8(Shape{1, 1, 3}, {2, 255, 10}));
}

TEST(Derive, GrayIsBt601InFourteenBits) {
  // (4899 R + 9617 G + 1868 B + 8192) >> 14: pure red 76, green 150, blue 29; white stays white.
  const ImageU8 image(Shape{3, 1, 4}, {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255});
  EXPECT_EQ(Derive(image, DeriveRule::kGray), ImageU8(Shape{1, 1, 4}, {76, 150, 29, 255}));
}

TEST(Derive, HalfGrayHalvesFirst) {
  const ImageU8 image = TestPicture(3, 6, 8, 1);
  EXPECT_EQ(Derive(image, DeriveRule::kHalfGray),
            Derive(Derive(image, DeriveRule::kHalf), DeriveRule::kGray));
  EXPECT_EQ(Derive(image, DeriveRule::kSame), image);
}

TEST(Derive, OddSizesCannotBeHalved) {
  EXPECT_THROW(Derive(TestPicture(1, 5, 4, 0), DeriveRule::kHalf), Error);
  EXPECT_THROW(Derive(TestPicture(1, 4, 5, 0), DeriveRule::kHalfGray), Error);
}

TEST(Derive, NamesRoundTrip) {
  for (const DeriveRule rule :
       {DeriveRule::kSame, DeriveRule::kGray, DeriveRule::kHalf, DeriveRule::kHalfGray}) {
    EXPECT_EQ(DeriveRuleFromName(DeriveRuleName(rule), "x"), rule);
  }
  try {
    DeriveRuleFromName("half_grey", "set.json: /files/0/from/rule");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "set.json: /files/0/from/rule: unknown rule \"half_grey\"; expected one of same, "
                 "gray, half, "
                 "half_gray; did you mean \"half_gray\"?");
  }
}

}  // namespace
}  // namespace chaosense
