#include "core/data/dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/base/error.h"
#include "core/data/manifest.h"
#include "tests/unit/data/test_folder.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A data folder with one set, "small": a.png in colour, b.png in gray, c.png known by its pixels.
class DatasetTest : public ::testing::Test {
 protected:
  DatasetTest() : data_(folder_ / "data", folder_ / "datasets") {
    const std::string a = PngText(color_), b = PngText(gray_);
    Manifest manifest = SmallManifest({{"a.png", a}, {"b.png", b}});
    ManifestFile c;
    c.name = "c";
    c.path = "c.png";
    c.pixels_sha256 = PixelsSha256(gray_);
    manifest.files.push_back(c);
    WriteText(folder_ / "datasets/small.json", ManifestText(manifest));
    WriteText(folder_ / "data/small/a.png", a);
    WriteText(folder_ / "data/small/b.png", b);
    WriteText(folder_ / "data/small/c.png", b);
    checksum_ = manifest.Checksum();
  }

  std::string Failure(const std::string& name,
                      ErrorKind kind,
                      const std::vector<std::string>& images = {}) const {
    try {
      data_.Load(name, ColorMode::kAsStored, images);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind) << error.what();
      return error.what();
    }
    return "";
  }

  TestFolder folder_;
  ImageU8 color_ = TestPicture(3, 6, 5, 1);
  ImageU8 gray_ = TestPicture(1, 4, 7, 2);
  DataFolder data_;
  std::string checksum_;
};

TEST_F(DatasetTest, LoadsInTheModeAskedFor) {
  const Dataset stored = data_.Load("small", ColorMode::kAsStored);
  ASSERT_EQ(stored.images.size(), 3u);
  EXPECT_EQ(stored.name, "small");
  EXPECT_EQ(stored.checksum, checksum_);
  EXPECT_EQ(data_.Checksum("small"), checksum_);
  EXPECT_EQ(stored.images[0].pixels, color_);
  EXPECT_EQ(stored.images[1].pixels, gray_);
  const Dataset gray = data_.Load("small", ColorMode::kGray);
  EXPECT_EQ(gray.images[0].pixels, ToGray(color_));
  EXPECT_EQ(gray.images[2].pixels, gray_);
  const Dataset color = data_.Load("small", ColorMode::kColor);
  EXPECT_EQ(color.images[0].pixels, color_);
  EXPECT_EQ(color.images[1].pixels.shape, (Shape{3, 4, 7}));
  EXPECT_EQ(ToGray(color.images[1].pixels), gray_);
}

TEST_F(DatasetTest, PicksImagesInTheOrderAskedFor) {
  const Dataset picked = data_.Load("small", ColorMode::kAsStored, {"c", "a"});
  ASSERT_EQ(picked.images.size(), 2u);
  EXPECT_EQ(picked.images[0].name, "c");
  EXPECT_EQ(picked.images[1].name, "a");
  EXPECT_EQ(picked.checksum, checksum_);
  EXPECT_THAT(Failure("small", ErrorKind::kConfig, {"d"}),
              HasSubstr("has no image \"d\"; it has a, b, c"));
  EXPECT_THAT(Failure("small", ErrorKind::kConfig, {"a", "a"}), HasSubstr("asked for twice"));
}

TEST_F(DatasetTest, UnknownSetsGetASuggestion) {
  EXPECT_EQ(data_.Names(), std::vector<std::string>{"small"});
  EXPECT_EQ(Failure("smal", ErrorKind::kConfig),
            "unknown dataset \"smal\"; known: small; did you mean \"small\"?");
  EXPECT_THROW(data_.Checksum("smal"), Error);
  EXPECT_THROW(DataFolder("", folder_ / "nowhere").Names(), Error);
}

TEST_F(DatasetTest, MissingDataSaysWhatToDo) {
  fs::remove(folder_ / "data/small/b.png");
  EXPECT_THAT(Failure("small", ErrorKind::kData), HasSubstr("b.png is missing from"));
  EXPECT_EQ(data_.Load("small", ColorMode::kGray, {"a"}).images.size(),
            1u);  // only what is asked for is needed
  fs::remove_all(folder_ / "data/small");
  EXPECT_EQ(Failure("small", ErrorKind::kData),
            "small: not found in " + (folder_ / "data/small").string() +
                "; run `chaosense data fetch small` or give --data-dir (or CHAOSENSE_DATA)");
  EXPECT_THROW(DataFolder("", folder_ / "datasets").Load("small", ColorMode::kGray), Error);
  EXPECT_EQ(DataFolder("", folder_ / "datasets").Checksum("small"), checksum_);
}

TEST_F(DatasetTest, WrongFilesAreNamed) {
  WriteText(folder_ / "data/small/b.png", PngText(TestPicture(1, 4, 7, 3)));
  const std::string failure = Failure("small", ErrorKind::kData);
  EXPECT_THAT(failure,
              HasSubstr("small/b.png: SHA-256 is " + Sha256Text(PngText(TestPicture(1, 4, 7, 3)))));
  EXPECT_THAT(failure, HasSubstr("expected " + Sha256Text(PngText(gray_))));
  EXPECT_THAT(failure, HasSubstr("chaosense data fetch small"));
  WriteText(folder_ / "data/small/c.png", PngText(TestPicture(1, 4, 7, 3)));
  try {
    data_.Load("small", ColorMode::kGray, {"c"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("c.png: the pixels' SHA-256 is"));
  }
}

TEST_F(DatasetTest, AFileKnownByItsPixelsMayBeEncodedOtherwise) {
  // A PNG with a comment has other bytes and the same pixels: "tEXt" chunk after IHDR (8 + 25
  // bytes), CRC of "tEXta\0b" from Python's zlib.crc32.
  std::string png = PngText(gray_);
  const std::string chunk(
      "\x00\x00\x00\x03tEXta\x00"
      "b\xdc\x49\xa2\x3b",
      15);
  png.insert(33, chunk);
  WriteText(folder_ / "data/small/c.png", png);
  EXPECT_EQ(data_.Load("small", ColorMode::kAsStored, {"c"}).images[0].pixels, gray_);
}

TEST_F(DatasetTest, GeneratedSetsNeedNoDataFolder) {
  const DataFolder shipped("", fs::path(CHAOSENSE_SOURCE_DIR) / "datasets");
  const Dataset color =
      shipped.Load("generated_test", ColorMode::kAsStored, {"leaves01", "leaves00"});
  ASSERT_EQ(color.images.size(), 2u);
  EXPECT_EQ(color.images[0].name, "leaves01");
  EXPECT_EQ(color.images[0].pixels.shape, (Shape{3, 256, 256}));
  const Dataset gray = shipped.Load("generated_test", ColorMode::kGray, {"leaves00"});
  EXPECT_EQ(gray.images[0].pixels, ToGray(color.images[1].pixels));
  EXPECT_EQ(
      gray.checksum,
      ReadManifest(fs::path(CHAOSENSE_SOURCE_DIR) / "datasets/generated_test.json").Checksum());
}

TEST_F(DatasetTest, AGeneratorThatDrawsOtherwiseIsNoticed) {
  Manifest manifest = ReadManifest(fs::path(CHAOSENSE_SOURCE_DIR) / "datasets/generated_test.json");
  manifest.name = "mine";
  manifest.generator->seed += 1;
  WriteText(folder_ / "datasets/mine.json", ManifestText(manifest));
  EXPECT_THAT(Failure("mine", ErrorKind::kData, {"leaves00"}),
              HasSubstr("another revision of the generator"));
}

// The real sets, where they are at hand.
class RealData : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("CHAOSENSE_DATA");
    if (folder == nullptr)
      GTEST_SKIP() << "CHAOSENSE_DATA is not set: " << GetParam() << " not loaded";
    data_dir_ = folder;
  }
  fs::path data_dir_;
};

TEST_P(RealData, LoadsAndIsWhatTheManifestSays) {
  const DataFolder data(data_dir_, fs::path(CHAOSENSE_SOURCE_DIR) / "datasets");
  const Manifest manifest = data.ManifestOf(GetParam());
  if (!fs::is_directory(data_dir_ / manifest.folder))
    GTEST_SKIP() << GetParam() << " is not in the data folder";
  const Dataset dataset = data.Load(GetParam(), ColorMode::kGray);
  EXPECT_EQ(dataset.images.size(), manifest.files.size());
  for (const NamedImage& image : dataset.images)
    EXPECT_EQ(image.pixels.shape.channels, 1) << image.name;
}

INSTANTIATE_TEST_SUITE_P(Sets,
                         RealData,
                         ::testing::Values("set11",
                                           "bsds500_train",
                                           "bsds500_val",
                                           "bsds500_test",
                                           "t91",
                                           "general100",
                                           "sipi",
                                           "classics_gray_256",
                                           "classics_color_256",
                                           "classics_gray_512",
                                           "classics_color_512"),
                         [](const auto& param) { return std::string(param.param); });

// The classics' pixels are the rule applied to the published TIFFs.
TEST(RealClassics, FollowFromTheOriginals) {
  const char* folder = std::getenv("CHAOSENSE_DATA");
  if (folder == nullptr) GTEST_SKIP() << "CHAOSENSE_DATA is not set: the classics are not derived";
  const DataFolder data(folder, fs::path(CHAOSENSE_SOURCE_DIR) / "datasets");
  if (!fs::is_directory(fs::path(folder) / "sipi_dev"))
    GTEST_SKIP() << "sipi is not in the data folder";
  const Dataset sipi = data.Load("sipi", ColorMode::kAsStored);
  for (const char* name :
       {"classics_gray_256", "classics_color_256", "classics_gray_512", "classics_color_512"}) {
    const Manifest manifest = data.ManifestOf(name);
    for (const NamedImage& original : sipi.images) {
      for (const ManifestFile& file : manifest.files) {
        if (file.name != original.name) continue;
        EXPECT_EQ(PixelsSha256(Derive(original.pixels, file.original->rule)), file.pixels_sha256)
            << name << " " << file.name;
      }
    }
  }
}

}  // namespace
}  // namespace chaosense
