#include "core/metrics/quality.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/random.h"
#ifdef CHAOSENSE_HAVE_OPENCV_QUALITY
#include <opencv2/quality.hpp>
#endif

namespace chaosense {
namespace {

ImageU8 RandomImage(Shape shape, const std::string& seed) {
  RandomStream random(seed);
  return {shape, random.RandomBytes(shape.size())};
}

// A smooth picture and a noisy copy, so that SSIM is neither near 0 nor near 1.
ImageU8 SmoothImage(Shape shape) {
  ImageU8 image(shape);
  for (int c = 0; c < shape.channels; ++c) {
    for (int y = 0; y < shape.height; ++y) {
      for (int x = 0; x < shape.width; ++x) {
        image.at(c, y, x) =
            static_cast<uint8_t>(128 + 90 * std::sin(0.21 * x + c) * std::cos(0.13 * y));
      }
    }
  }
  return image;
}

ImageU8 Noisy(const ImageU8& image, int amplitude, const std::string& seed) {
  RandomStream random(seed);
  ImageU8 noisy = image;
  for (uint8_t& v : noisy.data) {
    const int64_t shifted = v + random.UniformInt(2 * amplitude + 1) - amplitude;
    v = static_cast<uint8_t>(std::clamp<int64_t>(shifted, 0, 255));
  }
  return noisy;
}

// The definition, with a two-dimensional window and one loop for each sum: slow and independent of
// quality.cc.
double NaiveSsim(const ImageU8& a, const ImageU8& b, int channel) {
  double window[11][11], total = 0;
  for (int i = 0; i < 11; ++i) {
    for (int j = 0; j < 11; ++j) {
      window[i][j] = std::exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / 4.5);
      total += window[i][j];
    }
  }
  const double c1 = 6.5025, c2 = 58.5225;
  double sum = 0;
  int positions = 0;
  for (int y = 0; y + 11 <= a.shape.height; ++y) {
    for (int x = 0; x + 11 <= a.shape.width; ++x) {
      double mean_a = 0, mean_b = 0, var_a = 0, var_b = 0, cov = 0;
      for (int i = 0; i < 11; ++i) {
        for (int j = 0; j < 11; ++j) {
          mean_a += window[i][j] / total * a.at(channel, y + i, x + j);
          mean_b += window[i][j] / total * b.at(channel, y + i, x + j);
        }
      }
      for (int i = 0; i < 11; ++i) {
        for (int j = 0; j < 11; ++j) {
          const double w = window[i][j] / total;
          const double da = a.at(channel, y + i, x + j) - mean_a,
                       db = b.at(channel, y + i, x + j) - mean_b;
          var_a += w * da * da;
          var_b += w * db * db;
          cov += w * da * db;
        }
      }
      sum += (2 * mean_a * mean_b + c1) * (2 * cov + c2) /
             ((mean_a * mean_a + mean_b * mean_b + c1) * (var_a + var_b + c2));
      ++positions;
    }
  }
  return sum / positions;
}

TEST(Psnr, ClosedForms) {
  // MSE = 1 gives 20 log10(255) = 48.130804 dB; MSE = 650.25 = (255/10)^2 gives 20 dB.
  const ImageU8 a({1, 16, 16}, std::vector<uint8_t>(256, 100));
  EXPECT_NEAR(Psnr8Bit(a, ImageU8({1, 16, 16}, std::vector<uint8_t>(256, 101))), 48.130804, 5e-7);
  const ImageF zero({1, 8, 8});
  EXPECT_NEAR(Psnr(zero, ImageF({1, 8, 8}, std::vector<float>(64, 0.1F))), 20, 1e-6);
  ImageU8 half = a;  // half of the pixels off by 26, half by 25: MSE = (676 + 625) / 2 = 650.5
  for (size_t i = 0; i < half.data.size(); ++i)
    half.data[i] = static_cast<uint8_t>(100 + (i % 2 ? 26 : 25));
  EXPECT_NEAR(Psnr8Bit(a, half), 10 * std::log10(65025 / 650.5), 1e-12);
}

TEST(Psnr, IdenticalImagesAreInfinitelyGood) {
  const ImageU8 image = RandomImage({3, 20, 30}, "psnr");
  EXPECT_EQ(Psnr8Bit(image, image), std::numeric_limits<double>::infinity());
  EXPECT_EQ(Psnr(ToFloat(image), ToFloat(image)), std::numeric_limits<double>::infinity());
}

TEST(Psnr, FloatVersionNeitherClipsNorRounds) {
  const ImageF reference({1, 12, 12}, std::vector<float>(144, 1.0F));
  const ImageF overshoot({1, 12, 12}, std::vector<float>(144, 1.1F));
  EXPECT_NEAR(Psnr(reference, overshoot), 20, 1e-5);
  EXPECT_EQ(Psnr8Bit(ToU8(reference), ToU8(overshoot)), std::numeric_limits<double>::infinity());
}

TEST(Psnr, ColourPoolsTheErrorOverChannels) {
  ImageU8 a({3, 4, 4}), b({3, 4, 4});
  for (int i = 0; i < 16; ++i) b.data[static_cast<size_t>(i)] = 3;  // red off by 3: MSE = 9 / 3
  EXPECT_NEAR(Psnr8Bit(a, b), 10 * std::log10(65025 / 3.0), 1e-12);
}

TEST(Quality, RefusesShapesThatDiffer) {
  EXPECT_THROW(Psnr(ImageF({1, 4, 4}), ImageF({1, 4, 5})), Error);
  EXPECT_THROW(Psnr8Bit(ImageU8({1, 4, 4}), ImageU8({3, 4, 4})), Error);
  EXPECT_THROW(Ssim(ImageU8({1, 16, 16}), ImageU8({1, 16, 17})), Error);
  EXPECT_THROW(Psnr8Bit(ImageU8{}, ImageU8{}), Error);
}

TEST(Ssim, IdenticalImagesGiveOneExactly) {
  const ImageU8 image = RandomImage({3, 40, 31}, "same");
  EXPECT_EQ(Ssim(image, image), 1);
  EXPECT_EQ(Ssim(ToFloat(image), ToFloat(image)), 1);
}

TEST(Ssim, ConstantImagesFollowTheLuminanceTerm) {
  // Variances vanish: SSIM = (2 a b + C1) / (a^2 + b^2 + C1), C1 = 2.55^2.
  for (const auto& [a, b] : {std::pair{100, 150}, {0, 255}, {10, 11}}) {
    const ImageU8 x({1, 20, 20}, std::vector<uint8_t>(400, static_cast<uint8_t>(a)));
    const ImageU8 y({1, 20, 20}, std::vector<uint8_t>(400, static_cast<uint8_t>(b)));
    EXPECT_NEAR(Ssim(x, y), (2.0 * a * b + 6.5025) / (1.0 * a * a + b * b + 6.5025), 1e-10);
  }
}

TEST(Ssim, EqualsTheDefinitionWrittenOutNaively) {
  for (const Shape shape : {Shape{1, 24, 37}, Shape{1, 11, 11}, Shape{1, 30, 11}}) {
    const ImageU8 a = SmoothImage(shape);
    const ImageU8 b = Noisy(a, 30, "naive");
    const double ssim = Ssim(a, b);
    EXPECT_NEAR(ssim, NaiveSsim(a, b, 0), 1e-10);
    EXPECT_GT(ssim, 0.1);
    EXPECT_LT(ssim, 0.95);
  }
}

TEST(Ssim, ColourIsTheMeanOfChannels) {
  const ImageU8 a = SmoothImage({3, 20, 20});
  const ImageU8 b = Noisy(a, 25, "colour");
  EXPECT_NEAR(
      Ssim(a, b), (NaiveSsim(a, b, 0) + NaiveSsim(a, b, 1) + NaiveSsim(a, b, 2)) / 3, 1e-10);
}

TEST(Ssim, FloatImagesAreClippedButNotRounded) {
  const ImageU8 a = SmoothImage({1, 32, 32});
  const ImageU8 b = Noisy(a, 20, "float");
  EXPECT_NEAR(Ssim(ToFloat(a), ToFloat(b)), Ssim(a, b), 1e-6);  // the same values, through float
  ImageF white({1, 16, 16}, std::vector<float>(256, 1.0F));
  EXPECT_EQ(Ssim(white, ImageF({1, 16, 16}, std::vector<float>(256, 1.5F))), 1);
}

TEST(Ssim, ImagesBelowTheWindowHaveNone) {
  EXPECT_TRUE(std::isnan(Ssim(ImageU8({1, 10, 40}), ImageU8({1, 10, 40}))));
  EXPECT_TRUE(std::isnan(Ssim(ImageF({1, 40, 10}), ImageF({1, 40, 10}))));
}

TEST(Quality, ABrokenReconstructionShows) {
  ImageF reference({1, 16, 16}), broken({1, 16, 16});
  broken.data[5] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(Psnr(reference, broken)));
  EXPECT_TRUE(std::isnan(Ssim(reference, broken)));
}

#ifdef CHAOSENSE_HAVE_OPENCV_QUALITY
TEST(Ssim, AgreesWithOpenCvContribAwayFromItsBorders) {
  // cv::quality filters with reflected borders and averages over the whole picture; its map,
  // cropped to the valid region, is ours. It works in float32, hence the tolerance.
  const ImageU8 a = SmoothImage({1, 64, 80});
  const ImageU8 b = Noisy(a, 30, "opencv");
  const cv::Mat ma(64, 80, CV_8U, const_cast<uint8_t*>(a.data.data()));
  const cv::Mat mb(64, 80, CV_8U, const_cast<uint8_t*>(b.data.data()));
  cv::Mat map;
  cv::quality::QualitySSIM::compute(ma, mb, map);
  EXPECT_NEAR(Ssim(a, b), cv::mean(map(cv::Rect(5, 5, 70, 54)))[0], 1e-5);
}
#endif

RC_GTEST_PROP(Quality, SymmetricAndBounded, ()) {
  const int height = *rc::gen::inRange(11, 20), width = *rc::gen::inRange(11, 20);
  const ImageU8 a =
      RandomImage({1, height, width}, "a" + std::to_string(*rc::gen::arbitrary<int>()));
  const ImageU8 b =
      RandomImage({1, height, width}, "b" + std::to_string(*rc::gen::arbitrary<int>()));
  RC_ASSERT(std::abs(Ssim(a, b) - Ssim(b, a)) < 1e-12);
  RC_ASSERT(Ssim(a, b) <= 1 && Ssim(a, b) >= -1);
  RC_ASSERT(Psnr8Bit(a, b) == Psnr8Bit(b, a));
  RC_ASSERT(std::abs(Psnr(ToFloat(a), ToFloat(b)) - Psnr8Bit(a, b)) < 1e-4);
}

}  // namespace
}  // namespace chaosense
