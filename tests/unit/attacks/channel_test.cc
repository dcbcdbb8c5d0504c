// Noise and cropping of ciphertexts.
#include <gtest/gtest.h>

#include <cmath>

#include "core/attacks/crop.h"
#include "core/attacks/noise.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

ImageU8 Constant(Shape shape, uint8_t value) {
  ImageU8 image(shape);
  std::fill(image.data.begin(), image.data.end(), value);
  return image;
}

TEST(GaussianNoise, HasTheStrengthAsStandardDeviationOnZeroToOne) {
  RandomStream random("gaussian test");
  const ImageU8 image = Constant({3, 200, 200}, 128);
  const ImageU8 noisy = AddGaussianNoise(image, 0.05, random);
  double sum = 0, squares = 0;
  for (const uint8_t value : noisy.data) {
    const double difference = (value - 128.0) / 255;
    sum += difference;
    squares += difference * difference;
  }
  const auto count = static_cast<double>(noisy.data.size());
  EXPECT_NEAR(sum / count, 0, 4 * 0.05 / std::sqrt(count));
  // Rounding to bytes adds (1 / 255)^2 / 12 to the variance; nothing is clipped at 10 sigma.
  EXPECT_NEAR(std::sqrt(squares / count), std::sqrt(0.0025 + 1.0 / 780300), 0.0005);
}

TEST(GaussianNoise, ClipsToBytesAndIsNothingAtStrengthZero) {
  RandomStream random("gaussian ends");
  const ImageU8 white = Constant({1, 50, 50}, 255);
  EXPECT_EQ(AddGaussianNoise(white, 0, random), white);
  int at_white = 0;
  for (const uint8_t value : AddGaussianNoise(white, 0.2, random).data) at_white += value == 255;
  EXPECT_NEAR(at_white, 1250, 150);  // half of the noise points outward
  EXPECT_THROW(AddGaussianNoise(white, -0.1, random), Error);
  EXPECT_THROW(AddGaussianNoise(white, std::nan(""), random), Error);
}

TEST(SaltAndPepper, ChangesTheDensitysShareHalfToBlackHalfToWhite) {
  RandomStream random("salt test");
  const ImageU8 image = Constant({3, 200, 200}, 77);
  int black = 0, white = 0, kept = 0;
  for (const uint8_t value : AddSaltAndPepper(image, 0.1, random).data) {
    black += value == 0;
    white += value == 255;
    kept += value == 77;
  }
  EXPECT_EQ(black + white + kept, 120000);
  EXPECT_NEAR(black, 6000, 5 * 76);  // five standard deviations of the binomial
  EXPECT_NEAR(white, 6000, 5 * 76);
  EXPECT_EQ(AddSaltAndPepper(image, 0, random), image);
  EXPECT_THROW(AddSaltAndPepper(image, 1.01, random), Error);
}

TEST(Noise, IsAFunctionOfTheStreamsName) {
  const ImageU8 image = Constant({1, 40, 40}, 90);
  const auto noisy = [&](const char* name) {
    RandomStream random(name);
    return AddGaussianNoise(image, 0.1, random);
  };
  EXPECT_EQ(noisy("a"), noisy("a"));
  EXPECT_NE(noisy("a"), noisy("b"));
}

TEST(Crop, TakesTheShareAtItsPlaceFromEveryChannel) {
  const ImageU8 image = Constant({3, 112, 112}, 9);
  for (const double share : {1.0 / 16, 0.125, 0.25, 0.5}) {
    for (const std::string& place : CropPlaceNames()) {
      const ImageU8 cropped = CropOut(image, share, CropPlaceByName(place));
      double zeros = 0;
      for (const uint8_t value : cropped.data) zeros += value == 0;
      EXPECT_NEAR(zeros / static_cast<double>(image.data.size()), share, 0.005) << place;
      const bool top_left = cropped.at(0, 0, 0) == 0;
      EXPECT_EQ(top_left, place == "top_left") << place;
      EXPECT_EQ(cropped.at(2, 111, 111) == 0, place == "bottom_right") << place;
      if (place == "center") {
        EXPECT_EQ(cropped.at(1, 56, 56), 0) << share;
      }
    }
  }
}

TEST(Crop, ReachesNothingAndEverything) {
  const ImageU8 image = Constant({1, 3, 500}, 9);
  EXPECT_EQ(CropOut(image, 0, CropPlace::kCentre), image);
  EXPECT_EQ(CropOut(image, 1, CropPlace::kCentre), Constant({1, 3, 500}, 0));
  const CropRectangle crop = RectangleFor(image.shape, 0.25, CropPlace::kBottomRight);
  EXPECT_EQ(crop.height, 2);  // of 3 rows, so the width makes up
  EXPECT_EQ(crop.width, 188);
  EXPECT_THROW(CropOut(image, 1.5, CropPlace::kCentre), Error);
  EXPECT_THROW(CropPlaceByName("middle"), Error);
}

}  // namespace
}  // namespace chaosense
