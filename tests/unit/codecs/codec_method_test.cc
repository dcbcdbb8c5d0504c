// The codecs as methods: round trips within the budget, damage, too small a budget.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/codecs/fit_to_budget.h"
#include "core/codecs/register.h"
#include "core/image/blocks.h"
#include "core/metrics/quality.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

const std::vector<std::string> kCodecs = {"jpeg", "jpeg2000", "webp"};

const ReconstructorRegistry& Methods() {
  static const ReconstructorRegistry* methods = [] {
    auto* filled = new ReconstructorRegistry("method");
    RegisterCodecs(*filled);
    return filled;
  }();
  return *methods;
}

std::unique_ptr<Reconstructor> Make(const std::string& name, double rate) {
  return Methods().Create(name, {{"rate", rate}});
}

// Smooth shading, an edge and a little noise: a picture a codec can do something with.
ImageU8 Picture(Shape shape) {
  RandomStream random("codec test picture");
  ImageU8 picture(shape);
  for (int c = 0; c < shape.channels; ++c) {
    for (int y = 0; y < shape.height; ++y) {
      for (int x = 0; x < shape.width; ++x) {
        const double shade = 120 + 60 * std::sin(0.05 * x + c) * std::cos(0.07 * y);
        const double edge = x + 2 * y > shape.width ? 40 : 0;
        picture.at(c, y, x) = static_cast<uint8_t>(
            std::clamp(shade + edge + 4.0 * random.Uniform() - 20 * c, 0.0, 255.0));
      }
    }
  }
  return picture;
}

double PsnrThroughBytes(const Reconstructor& method, const ImageU8& picture) {
  const Quantiser& quantiser = method.QuantiserFor(picture.shape.channels);
  const Codes<float> sensed = method.Sense(ToFloat(picture));
  const Codes<uint8_t> bytes = quantiser.Quantise(sensed);
  for (size_t i = 0; i < bytes.values.size(); ++i) EXPECT_EQ(bytes.values[i], sensed.values[i]);
  return Psnr8Bit(picture, ToU8(method.Reconstruct(quantiser.Dequantise(bytes), picture.shape)));
}

TEST(CodecMethod, ExactlyTheBytesOfTheMeasurements) {
  for (const std::string& name : kCodecs) {
    for (const Shape shape : {Shape{1, 128, 100}, Shape{3, 100, 128}}) {
      const ImageU8 picture = Picture(shape);
      double last = 0;
      for (const double rate : {0.04, 0.1, 0.25, 0.53}) {
        SCOPED_TRACE(fmt::format("{} {} channels, rate {}", name, shape.channels, rate));
        const auto method = Make(name, rate);
        const int bytes = MeasurementCount(rate, shape.channels * kBlockSize * kBlockSize);
        const Codes<float> codes = method->Sense(ToFloat(picture));
        EXPECT_EQ(codes.grid, GridFor(shape.height, shape.width));
        EXPECT_EQ(codes.block, (Shape{1, 1, bytes}));
        EXPECT_EQ(codes.values.size(), static_cast<size_t>(bytes) * 4 * 4);
        EXPECT_EQ(method->ExactRate(shape.channels), bytes / (shape.channels * 1089.0));
        const double psnr = PsnrThroughBytes(*method, picture);
        EXPECT_GE(psnr, last);  // equal once the highest quality fits
        last = psnr;
      }
      EXPECT_GT(last, 33) << name;
    }
  }
}

TEST(CodecMethod, AllBytesGiveAllThePictureWhereTheCodecCanBeLossless) {
  const ImageU8 picture = Picture({1, 66, 66});
  EXPECT_EQ(PsnrThroughBytes(*Make("webp", 1), picture), INFINITY);
  EXPECT_EQ(PsnrThroughBytes(*Make("jpeg2000", 1), picture), INFINITY);
  EXPECT_GT(PsnrThroughBytes(*Make("jpeg", 1), picture), 50);
}

TEST(CodecMethod, TooFewBytesAreAnErrorThatSaysHowMany) {
  const ImageF picture = ToFloat(Picture({1, 66, 66}));
  for (const std::string name : {"jpeg", "jpeg2000"}) {
    try {
      Make(name, 0.01)->Sense(picture);  // 4 blocks of 10 bytes
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kRun);
      EXPECT_THAT(error.what(),
                  testing::ContainsRegex("^" + name +
                                         " at rate 0.01: the picture of 66 x 66 has 40 bytes "
                                         "available, its shortest stream needs [0-9]+;"));
    }
  }
  EXPECT_THROW(Make("webp", 0.001)->Sense(picture), Error);  // 4 bytes
  EXPECT_THROW(Make("jpeg2000", 0.5)->Sense(ToFloat(Picture({1, 9, 9}))),
               Error);  // no stream at all
}

TEST(FitToBudget, NeverMoreThanTheBudgetAndWhatItSays) {
  const ImageU8 picture = Picture({1, 128, 128});
  for (const CodecFormat format :
       {CodecFormat::kJpeg, CodecFormat::kWebp, CodecFormat::kJpeg2000}) {
    double last = 0;
    size_t fitted = 0;
    for (const size_t budget : {40, 150, 220, 400, 1000, 5000, 16384, 30000}) {
      SCOPED_TRACE(fmt::format("{} {} bytes", CodecName(format), budget));
      const FitResult fit = FitToBudget(format, picture, budget);
      if (!fit.best) {
        EXPECT_GT(fit.smallest, budget);
        continue;
      }
      ++fitted;
      EXPECT_LE(fit.best->stream.size(), budget);
      const Shape small = ShrunkShape(picture.shape, kShrinkFactors[fit.best->factor_index]);
      const auto decoded = DecodePicture(format, fit.best->stream, small);
      ASSERT_TRUE(decoded.has_value());
      EXPECT_EQ(Psnr8Bit(picture, Enlarge(*decoded, picture.shape)), fit.best->psnr);
      EXPECT_GE(fit.best->psnr, last);
      last = fit.best->psnr;
    }
    EXPECT_GE(fitted, 5u);
  }
}

// At few bytes a smaller picture is better than the full one at its lowest quality.
TEST(FitToBudget, ShrinksWhereBytesAreFew) {
  const ImageU8 picture = Picture({1, 256, 256});
  const FitResult few = FitToBudget(CodecFormat::kJpeg, picture, 300);
  ASSERT_TRUE(few.best.has_value());
  EXPECT_GT(few.best->factor_index, 0u);
  const FitResult many = FitToBudget(CodecFormat::kJpeg, picture, 20000);
  EXPECT_EQ(many.best.value().factor_index, 0u);
}

TEST(FitToBudget, ShapesRoundUpAndComeBack) {
  EXPECT_EQ(ShrunkShape({3, 100, 33}, 8), (Shape{3, 13, 5}));
  EXPECT_EQ(ShrunkShape({1, 1, 2}, 8), (Shape{1, 1, 1}));
  const ImageU8 picture = Picture({3, 50, 31});
  EXPECT_EQ(Shrink(picture, 1), picture);
  EXPECT_EQ(Enlarge(picture, picture.shape), picture);
  EXPECT_EQ(Enlarge(Shrink(picture, 3), picture.shape).shape, picture.shape);
}

TEST(CodecMethod, DamageShowsSomethingOfTheRightShapeOrGray) {
  RandomStream random("codec damage test");
  for (const std::string& name : kCodecs) {
    for (const Shape shape : {Shape{1, 64, 70}, Shape{3, 64, 70}}) {
      SCOPED_TRACE(name);
      const ImageU8 picture = Picture(shape);
      const auto method = Make(name, 0.25);
      const Codes<float> codes = method->Sense(ToFloat(picture));
      Codes<float> zero = codes;
      std::fill(zero.values.begin(), zero.values.end(), 0.0f);
      for (const float v : method->Reconstruct(zero, shape).data) ASSERT_EQ(v, 0.5f);
      for (int i = 0; i < 60; ++i) {
        Codes<float> damaged = codes;
        const int64_t count = 1 + (i < 30 ? i : random.UniformInt(2000));
        for (int64_t k = 0; k < count; ++k) {
          const auto at = i < 30 ? static_cast<size_t>(k)  // the headers
                                 : static_cast<size_t>(random.UniformInt(
                                       static_cast<int64_t>(damaged.values.size())));
          damaged.values[at] = static_cast<float>(random.UniformInt(256));
        }
        const ImageF shown = method->Reconstruct(damaged, shape);
        ASSERT_EQ(shown.shape, shape);
        for (const float v : shown.data) ASSERT_TRUE(v >= 0 && v <= 1);
      }
    }
  }
}

TEST(CodecMethod, IsDeterministicAndCountsNoOperations) {
  const ImageF picture = ToFloat(Picture({3, 70, 64}));
  for (const std::string& name : kCodecs) {
    EXPECT_EQ(Make(name, 0.1)->Sense(picture), Make(name, 0.1)->Sense(picture));
    EXPECT_EQ(Make(name, 0.1)->cost(1).parameters, 0);
    EXPECT_FALSE(Make(name, 0.1)->cost(1).macs_per_block.has_value());
  }
}

}  // namespace
}  // namespace chaosense
