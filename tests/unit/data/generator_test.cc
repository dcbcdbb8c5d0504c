#include "core/data/generator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr int kSize = 256;

GeneratorSettings Settings() {
  GeneratorSettings settings;
  settings.seed = 11;
  settings.images = 6;
  settings.height = settings.width = kSize;
  return settings;
}

std::vector<ImageU8> GrayPictures() {
  std::vector<ImageU8> pictures;
  for (int i = 0; i < Settings().images; ++i)
    pictures.push_back(ToGray(GenerateImage(Settings(), i)));
  return pictures;
}

double AdjacentCorrelation(const ImageU8& gray, int down, int right) {
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (int r = 0; r + down < gray.shape.height; ++r) {
    for (int c = 0; c + right < gray.shape.width; ++c) {
      const double a = gray.at(0, r, c), b = gray.at(0, r + down, c + right);
      n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
    }
  }
  return (n * xy - x * y) / std::sqrt((n * xx - x * x) * (n * yy - y * y));
}

// The slope of log power against log frequency, from the mean power of rings 4..64 cycles a picture
// of Hann-windowed pictures.
double SpectrumSlope(const std::vector<ImageU8>& pictures) {
  constexpr int kFirst = 4, kLast = 64;
  std::array<double, kLast + 1> power{}, count{};
  for (const ImageU8& picture : pictures) {
    cv::Mat_<double> plane(kSize, kSize);
    double mean = 0;
    for (const uint8_t v : picture.data) mean += v;
    mean /= static_cast<double>(picture.data.size());
    const auto window = [](int i) { return 0.5 - 0.5 * std::cos(2 * M_PI * (i + 0.5) / kSize); };
    for (int y = 0; y < kSize; ++y) {
      for (int x = 0; x < kSize; ++x)
        plane(y, x) = (picture.at(0, y, x) - mean) * window(y) * window(x);
    }
    cv::Mat spectrum;
    cv::dft(plane, spectrum, cv::DFT_COMPLEX_OUTPUT);
    for (int y = 0; y < kSize; ++y) {
      for (int x = 0; x < kSize; ++x) {
        const double fy = y < kSize / 2 ? y : y - kSize, fx = x < kSize / 2 ? x : x - kSize;
        const auto ring = static_cast<size_t>(std::lround(std::sqrt(fx * fx + fy * fy)));
        if (ring < kFirst || ring > kLast) continue;
        const auto value = spectrum.at<cv::Vec2d>(y, x);
        power[ring] += value[0] * value[0] + value[1] * value[1];
        count[ring] += 1;
      }
    }
  }
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (size_t ring = kFirst; ring <= kLast; ++ring) {
    const double weight = 1.0 / static_cast<double>(ring);  // every octave weighs the same
    const double x = std::log(static_cast<double>(ring)), y = std::log(power[ring] / count[ring]);
    n += weight, sx += weight * x, sy += weight * y, sxx += weight * x * x, sxy += weight * x * y;
  }
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

// Photographs: neighbouring pixels correlate by more than 0.9.
TEST(Generator, NeighboursCorrelateAsInPhotographs) {
  double right = 0, down = 0;
  for (const ImageU8& picture : GrayPictures()) {
    right += AdjacentCorrelation(picture, 0, 1) / Settings().images;
    down += AdjacentCorrelation(picture, 1, 0) / Settings().images;
  }
  EXPECT_GT(right, 0.9);
  EXPECT_GT(down, 0.9);
  EXPECT_LT(right, 0.995);
  EXPECT_NEAR(right, down, 0.02);
}

// D. J. Field, "Relations between the statistics of natural images and the response properties of
// cortical cells", JOSA A 4, 1987: the power of photographs falls about as 1/f^2. This estimate
// gives -2.30 for 256x256 pieces of the BSDS500 training pictures, -2.24 for Set11 and -2.47 for
// General-100.
TEST(Generator, PowerFallsAsInPhotographs) {
  const double slope = SpectrumSlope(GrayPictures());
  RecordProperty("slope", std::to_string(slope));
  EXPECT_GT(slope, -2.6);
  EXPECT_LT(slope, -2.1);
}

TEST(Generator, UsesTheRangeOfGrayLevels) {
  for (const ImageU8& picture : GrayPictures()) {
    double sum = 0, squares = 0;
    for (const uint8_t v : picture.data) sum += v, squares += static_cast<double>(v) * v;
    const double n = static_cast<double>(picture.data.size());
    const double mean = sum / n, deviation = std::sqrt(squares / n - mean * mean);
    EXPECT_GT(mean, 50);
    EXPECT_LT(mean, 200);
    EXPECT_GT(deviation, 15);
  }
}

TEST(Generator, IsAFunctionOfSeedIndexAndSettings) {
  GeneratorSettings settings = Settings();
  settings.height = 40;
  settings.width = 48;
  const ImageU8 first = GenerateImage(settings, 0);
  EXPECT_EQ(first.shape, (Shape{3, 40, 48}));
  EXPECT_EQ(GenerateImage(settings, 0), first);
  EXPECT_NE(GenerateImage(settings, 1), first);
  settings.seed += 1;
  EXPECT_NE(GenerateImage(settings, 0), first);
  settings.seed -= 1;
  settings.texture = 0;
  EXPECT_NE(GenerateImage(settings, 0), first);
}

TEST(Generator, WorksAtTheEndsOfItsRanges) {
  GeneratorSettings settings;
  settings.height = settings.width = 16;
  settings.min_radius = settings.max_radius = 0.5;
  EXPECT_EQ(GenerateImage(settings, 0).shape, (Shape{3, 16, 16}));
  settings.min_radius = settings.max_radius = 4096;
  EXPECT_EQ(GenerateImage(settings, 0).shape, (Shape{3, 16, 16}));
}

TEST(GeneratorSettings, RoundTripAndErrors) {
  GeneratorSettings settings = Settings();
  settings.texture = 0.25;
  const Json json = GeneratorSettingsToJson(settings);
  EXPECT_EQ(GeneratorSettingsToJson(ParseGeneratorSettings(json, "x")), json);
  const auto failure = [&](const char* key, const Json& value) {
    Json bad = json;
    bad[key] = value;
    try {
      ParseGeneratorSettings(bad, "set.json: /generator");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(failure("images", 0),
            "set.json: /generator/images: 0 is not allowed; expected an integer from 1 to 10000");
  EXPECT_EQ(failure("sed", 1), "set.json: /generator/sed: unknown key; did you mean \"seed\"?");
  for (const auto& [key, value] : {std::pair<const char*, Json>{"height", 15},
                                   {"width", 5000},
                                   {"min_radius", 0.1},
                                   {"max_radius", 1.0},
                                   {"texture", 0.6},
                                   {"seed", -1},
                                   {"seed", "1"},
                                   {"texture", "nan"},
                                   {"height", 64.5}}) {
    EXPECT_NE(failure(key, value), "") << key << " " << value;
  }
  EXPECT_THROW(ParseGeneratorSettings(Json::array(), "x"), Error);
}

}  // namespace
}  // namespace chaosense
