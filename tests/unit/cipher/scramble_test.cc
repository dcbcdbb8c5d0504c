#include "core/cipher/scramble.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "core/base/random.h"

namespace chaosense {
namespace {

class RandomKeystream final : public Keystream {
 public:
  explicit RandomKeystream(const std::string& name) : random_(name) {}
  double NextReal() override {
    ++drawn;
    return random_.Uniform();
  }
  int drawn = 0;

 private:
  RandomStream random_;
};

TEST(Scramble, ByHand) {
  ImageU8 image(Shape{1, 2, 3}, {1, 2, 3, 4, 5, 6});
  const SlideSteps steps{{{1, 2}}, {{0, 1, 0}}};
  Scramble(image, steps);  // rows: 3 1 2 / 5 6 4; the middle column down by one: 3 6 2 / 5 1 4
  EXPECT_EQ(image.data, (std::vector<uint8_t>{3, 6, 2, 5, 1, 4}));
  Unscramble(image, steps);
  EXPECT_EQ(image.data, (std::vector<uint8_t>{1, 2, 3, 4, 5, 6}));
}

TEST(Scramble, ChannelsAreStacked) {
  ImageU8 image(Shape{3, 1, 1}, {1, 2, 3});
  Scramble(image, {{{0, 0, 0}}, {{1}}});
  EXPECT_EQ(image.data, (std::vector<uint8_t>{3, 1, 2}));
}

TEST(Scramble, StepsNeverStandStillUnlessTheyMust) {
  RandomKeystream keystream("steps");
  const SlideSteps steps = DrawSlideSteps(keystream, {3, 4, 5}, 3);
  ASSERT_EQ(steps.rows.size(), 3u);
  EXPECT_EQ(keystream.drawn, 3 * (12 + 5));
  for (size_t round = 0; round < 3; ++round) {
    ASSERT_EQ(steps.rows[round].size(), 12u);
    ASSERT_EQ(steps.columns[round].size(), 5u);
    for (const uint32_t step : steps.rows[round]) EXPECT_TRUE(step >= 1 && step <= 4);
    for (const uint32_t step : steps.columns[round]) EXPECT_TRUE(step >= 1 && step <= 11);
  }
  RandomKeystream other("steps");
  EXPECT_EQ(DrawSlideSteps(other, {1, 1, 1}, 2).rows[1], std::vector<uint32_t>{0});
  EXPECT_EQ(other.drawn, 0);
}

RC_GTEST_PROP(Scramble, IsAPermutationAndIsUndone, ()) {
  const Shape shape{*rc::gen::element(1, 3), *rc::gen::inRange(1, 30), *rc::gen::inRange(1, 30)};
  RandomKeystream keystream("permutation");
  const SlideSteps steps = DrawSlideSteps(keystream, shape, *rc::gen::inRange(0, 4));
  ImageU8 image(shape, RandomStream("pixels").RandomBytes(shape.size()));
  const ImageU8 before = image;
  Scramble(image, steps);
  std::vector<uint8_t> a = before.data;
  std::vector<uint8_t> b = image.data;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  RC_ASSERT(a == b);
  Unscramble(image, steps);
  RC_ASSERT(image == before);
}

}  // namespace
}  // namespace chaosense
