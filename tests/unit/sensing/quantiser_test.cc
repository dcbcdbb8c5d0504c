#include "core/sensing/quantiser.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace chaosense {
namespace {

Codes<float> One(float value) { return {{1, 1}, {1, 1, 1}, {value}}; }

TEST(Quantiser, UniformErrorIsAtMostHalfAStep) {
  const Quantiser quantiser({0.5f}, {2.0f}, 0);
  for (int i = 0; i <= 1000; ++i) {
    const float value = -1.5f + 4.0f * static_cast<float>(i) / 1000;
    const float back = quantiser.Dequantise(quantiser.Quantise(One(value))).values[0];
    EXPECT_NEAR(back, value, 2.0 / 255 + 1e-6);
  }
}

TEST(Quantiser, ClipsBeyondItsRange) {
  const Quantiser quantiser({0.0f}, {1.0f}, 50);
  EXPECT_EQ(quantiser.Quantise(One(9.0f)).values[0], 255);
  EXPECT_EQ(quantiser.Quantise(One(-9.0f)).values[0], 0);
}

// mu-law: the error is proportional to |value| for large values and far below a uniform step for
// small ones.
TEST(Quantiser, CompandingResolvesSmallValues) {
  const double mu = 100;
  const Quantiser quantiser({0.0f}, {1.0f}, mu);
  const double log_step = std::log1p(mu) / 127.5;
  for (const float value : {0.001f, 0.01f, 0.1f, 0.9f}) {
    const float back = quantiser.Dequantise(quantiser.Quantise(One(value))).values[0];
    EXPECT_NEAR(back, value, 0.5 * log_step * (value + 1 / mu) * 1.05);
  }
}

RC_GTEST_PROP(Quantiser, CodesSurviveARoundTrip, ()) {
  const auto code = *rc::gen::arbitrary<uint8_t>();
  const double mu = *rc::gen::element(0.0, 10.0, 255.0);
  const Quantiser quantiser({0.25f}, {3.0f}, mu);
  const Codes<uint8_t> codes{{1, 1}, {1, 1, 1}, {code}};
  RC_ASSERT(quantiser.Quantise(quantiser.Dequantise(codes)) == codes);
}

TEST(Quantiser, FitHoldsEveryTrainingValue) {
  const std::vector<float> values = {-1, 10, 3, 20, 2, 15};  // two coefficients
  const Quantiser quantiser = Quantiser::Fit(values, 2, 0, 1.0);
  EXPECT_FLOAT_EQ(quantiser.centre()[0], 1.0f);
  EXPECT_FLOAT_EQ(quantiser.half_range()[0], 2.0f);
  EXPECT_FLOAT_EQ(quantiser.centre()[1], 15.0f);
  EXPECT_FLOAT_EQ(quantiser.half_range()[1], 5.0f);
}

}  // namespace
}  // namespace chaosense
