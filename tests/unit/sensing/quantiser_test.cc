#include "core/sensing/quantiser.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/base/random.h"

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

// A coefficient spread evenly wants no companding, a peaked one much; neither is worse than one
// companding for both.
TEST(Quantiser, LeastSquaresSuitsEveryCoefficient) {
  RandomStream random("least squares");
  std::vector<float> values;
  for (int i = 0; i < 4000; ++i) {
    values.push_back(static_cast<float>(10 * random.Uniform()));
    const double peaked = random.Normal();
    values.push_back(static_cast<float>(peaked * peaked * peaked * peaked * peaked));
  }
  const Quantiser fitted = Quantiser::FitLeastSquares(values, 2);
  EXPECT_LE(fitted.mu()[0], 3);
  EXPECT_GE(fitted.mu()[1], 30);
  const auto error = [&](const Quantiser& quantiser, size_t k) {
    const Codes<float> codes{BlockGrid{4000, 1}, Shape{1, 1, 2}, values};
    const Codes<float> back = quantiser.Dequantise(quantiser.Quantise(codes));
    double sum = 0;
    for (size_t i = k; i < values.size(); i += 2)
      sum += std::pow(static_cast<double>(back.values[i]) - values[i], 2);
    return sum;
  };
  for (const double mu : {0.0, 10.0, 255.0}) {
    const Quantiser single = Quantiser::Fit(values, 2, mu, 2);
    for (const size_t k : {size_t{0}, size_t{1}})
      EXPECT_LE(error(fitted, k), error(single, k) * (1 + 1e-6)) << mu << " " << k;
  }
}

TEST(Quantiser, TruncatedAndRepeated) {
  const Quantiser quantiser({0, 1, 2}, {1, 2, 3}, std::vector<double>{0, 10, 100});
  const Quantiser two = quantiser.Truncated(2).Repeated(2);
  EXPECT_EQ(two.centre(), (std::vector<float>{0, 1, 0, 1}));
  EXPECT_EQ(two.half_range(), (std::vector<float>{1, 2, 1, 2}));
  EXPECT_EQ(two.mu(), (std::vector<double>{0, 10, 0, 10}));
}

}  // namespace
}  // namespace chaosense
