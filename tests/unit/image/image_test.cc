#include "core/image/image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "core/base/error.h"
#include "core/image/image_io.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

ImageU8 Gradient(int channels) {
  ImageU8 image(Shape{channels, 5, 7});
  for (size_t i = 0; i < image.data.size(); ++i) image.data[i] = static_cast<uint8_t>(i * 2);
  return image;
}

TEST(Image, ToU8ClipsRoundsAndSurvivesNan) {
  ImageF image(Shape{1, 1, 5}, {-1.0f, 0.5f / 255, 1.49f / 255, 2.0f, std::nanf("")});
  EXPECT_EQ(ToU8(image).data, (std::vector<uint8_t>{0, 1, 1, 255, 0}));
}

TEST(Image, FloatRoundTripIsExact) { EXPECT_EQ(ToU8(ToFloat(Gradient(3))), Gradient(3)); }

// BT.601: pure red, green, blue at full scale.
TEST(Image, GrayWeights) {
  ImageU8 image(Shape{3, 1, 3}, {255, 0, 0, 0, 255, 0, 0, 0, 255});
  EXPECT_EQ(ToGray(image).data, (std::vector<uint8_t>{76, 150, 29}));
}

TEST(ImageIo, LosslessFormatsRoundTripGrayAndColour) {
  const fs::path folder =
      fs::temp_directory_path() / ("chaosense_image_test_" + std::to_string(::getpid()));
  for (const char* extension : {".png", ".bmp", ".tif"}) {
    for (const int channels : {1, 3}) {
      const fs::path path = folder / (std::string("a") + extension);
      SaveImage(Gradient(channels), path);
      EXPECT_EQ(LoadImage(path), Gradient(channels)) << path;
    }
  }
  fs::remove_all(folder);
}

TEST(ImageIo, TextNamedPngIsOneClearError) {
  const Bytes text = {'h', 'e', 'l', 'l', 'o'};
  try {
    DecodeImage(text, ColorMode::kAsStored, "notes.png");
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::kConfig);
    EXPECT_THAT(e.what(), ::testing::HasSubstr("notes.png: not a picture"));
  }
  EXPECT_THROW(DecodeImage({}, ColorMode::kAsStored, "empty.png"), Error);
  EXPECT_THROW(SaveImage(Gradient(1), fs::temp_directory_path() / "a.xyz"), Error);
}

}  // namespace
}  // namespace chaosense
