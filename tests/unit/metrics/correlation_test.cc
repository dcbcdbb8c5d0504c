#include "core/metrics/correlation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/metrics/glcm.h"

namespace chaosense {
namespace {

constexpr Neighbour kAll[] = {Neighbour::kHorizontal, Neighbour::kVertical, Neighbour::kDiagonal};

TEST(Correlation, ConstantImageHasNone) {
  const ImageU8 image({1, 8, 8}, std::vector<uint8_t>(64, 9));
  RandomStream random("constant");
  for (const Neighbour neighbour : kAll) {
    EXPECT_TRUE(std::isnan(AdjacentCorrelation(image, neighbour).r));
    EXPECT_TRUE(std::isnan(SampledCorrelation(image, neighbour, 100, random).r));
    EXPECT_TRUE(std::isnan(CorrelationPValue(AdjacentCorrelation(image, neighbour))));
  }
}

TEST(Correlation, Checkerboard) {
  ImageU8 image({1, 16, 16});
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) image.at(0, y, x) = static_cast<uint8_t>((x + y) % 2 * 255);
  }
  EXPECT_DOUBLE_EQ(AdjacentCorrelation(image, Neighbour::kHorizontal).r, -1);
  EXPECT_DOUBLE_EQ(AdjacentCorrelation(image, Neighbour::kVertical).r, -1);
  EXPECT_DOUBLE_EQ(AdjacentCorrelation(image, Neighbour::kDiagonal).r, 1);
  EXPECT_EQ(AdjacentCorrelation(image, Neighbour::kDiagonal).pairs, 225);
  EXPECT_EQ(CorrelationPValue(AdjacentCorrelation(image, Neighbour::kVertical)), 0);
}

TEST(Correlation, TwoPairsOnALine) {
  const ImageU8 image({1, 2, 2}, {0, 1, 2, 3});
  EXPECT_DOUBLE_EQ(AdjacentCorrelation(image, Neighbour::kHorizontal).r, 1);
  EXPECT_TRUE(std::isnan(AdjacentCorrelation(image, Neighbour::kDiagonal).r));  // one pair
}

TEST(Correlation, NoPairsAcrossChannels) {
  // Two constant channels of different value: pooled r of equal neighbours is 1; a pair across
  // would spoil it.
  ImageU8 image({2, 3, 3});
  for (int i = 9; i < 18; ++i) image.data[static_cast<size_t>(i)] = 200;
  for (const Neighbour neighbour : kAll)
    EXPECT_DOUBLE_EQ(AdjacentCorrelation(image, neighbour).r, 1);
  EXPECT_EQ(AdjacentCorrelation(image, Neighbour::kHorizontal).pairs, 12);
}

TEST(Correlation, OnePixelHasNoPairs) {
  const ImageU8 image({1, 1, 1}, {5});
  RandomStream random("one");
  for (const Neighbour neighbour : kAll) {
    EXPECT_EQ(AdjacentCorrelation(image, neighbour).pairs, 0);
    EXPECT_TRUE(std::isnan(SampledCorrelation(image, neighbour, 10, random).r));
  }
}

TEST(Correlation, SampledEstimatesAllPairs) {
  RandomStream noise("image");
  ImageU8 image({1, 64, 64});
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x)
      image.at(0, y, x) = static_cast<uint8_t>(2 * x + noise.UniformInt(60));
  }
  RandomStream random("sample");
  const double all = AdjacentCorrelation(image, Neighbour::kVertical).r;
  const Correlation sampled = SampledCorrelation(image, Neighbour::kVertical, 10000, random);
  EXPECT_EQ(sampled.pairs, 10000);
  EXPECT_NEAR(sampled.r, all, 4 * (1 - all * all) / 100);
}

// 1.96 / sqrt(n - 1): the values usually quoted for 2,000, 10,000, 37,632 and 65,536 pairs.
TEST(Correlation, Bound) {
  EXPECT_NEAR(CorrelationBound(2000), .0438, 5e-5);
  EXPECT_NEAR(CorrelationBound(10000), .0196, 5e-5);
  EXPECT_NEAR(CorrelationBound(37632), .0101, 5e-5);
  EXPECT_NEAR(CorrelationBound(65536), .00766, 5e-6);
}

TEST(Correlation, PValueOfRandomBytesIsUniform) {
  RandomStream random("p");
  int below = 0;
  for (int i = 0; i < 400; ++i) {
    const ImageU8 image({1, 32, 32}, random.RandomBytes(1024));
    below += CorrelationPValue(AdjacentCorrelation(image, Neighbour::kHorizontal)) < 0.05;
  }
  EXPECT_NEAR(below, 20, 4 * std::sqrt(400 * 0.05 * 0.95));
  // Fisher's z by hand: atanh(0.5) sqrt(97) = 5.40999, erfc(z / sqrt 2) = 6.3e-8.
  EXPECT_NEAR(CorrelationPValue({0.5, 100}) / std::erfc(0.5493061443340548 * std::sqrt(97.0 / 2)),
              1,
              1e-12);
}

RC_GTEST_PROP(Correlation, StaysInRangeAndIgnoresInversion, ()) {
  const int height = *rc::gen::inRange(2, 12), width = *rc::gen::inRange(2, 12);
  ImageU8 image({1, height, width},
                *rc::gen::container<std::vector<uint8_t>>(static_cast<size_t>(height * width),
                                                          rc::gen::arbitrary<uint8_t>()));
  ImageU8 inverted = image;
  for (uint8_t& v : inverted.data) v = static_cast<uint8_t>(255 - v);
  for (const Neighbour neighbour : kAll) {
    const double r = AdjacentCorrelation(image, neighbour).r;
    if (std::isnan(r)) continue;
    RC_ASSERT(r >= -1 && r <= 1);
    RC_ASSERT(std::abs(r - AdjacentCorrelation(inverted, neighbour).r) < 1e-12);
  }
}

// MATLAB's graycoprops documentation example: levels 1..8.
TEST(Glcm, DocumentedExample) {
  const int levels[] = {1, 1, 5, 6, 8, 2, 3, 5, 7, 1, 4, 5, 7, 1, 2, 8, 5, 1, 2, 5};
  ImageU8 image({1, 4, 5});
  for (size_t i = 0; i < 20; ++i) image.data[i] = static_cast<uint8_t>((levels[i] - 1) * 32);
  const std::vector<double> matrix = CooccurrenceMatrix(image, 8);
  EXPECT_NEAR(GlcmContrast(matrix), 8.937500, 1e-12);
  EXPECT_NEAR(GlcmEnergy(matrix), 0.085938, 6e-7);
  EXPECT_NEAR(GlcmHomogeneity(matrix), 0.376190, 5e-7);
}

TEST(Glcm, UniformMatrix) {
  // Ideal random bytes: 8 levels 10.5 / 0.015625 / 0.389397; 256 levels 10922.5 / 1.526e-5 /
  // 0.036315.
  const std::vector<double> eight(64, 1.0 / 64), all(65536, 1.0 / 65536);
  EXPECT_NEAR(GlcmContrast(eight), 10.5, 1e-12);
  EXPECT_NEAR(GlcmEnergy(eight), 0.015625, 1e-12);
  EXPECT_NEAR(GlcmHomogeneity(eight), 0.389397, 5e-7);
  EXPECT_NEAR(GlcmContrast(all), 10922.5, 1e-6);
  EXPECT_NEAR(GlcmEnergy(all), 1.526e-5, 5e-9);
  EXPECT_NEAR(GlcmHomogeneity(all), 0.036315, 5e-7);
}

}  // namespace
}  // namespace chaosense
