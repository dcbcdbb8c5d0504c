#include "core/data/describe.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/unit/data/test_folder.h"

namespace chaosense {
namespace {

TEST(DescribeFolder, ListsPicturesInNaturalOrder) {
  const TestFolder folder;
  for (const char* name : {"t10.png", "t2.PNG", "t1.png", "a7b.png", "t02b.png"}) {
    WriteText(folder / name, PngText(TestPicture(1, 4, 4, name[1])));
  }
  WriteText(folder / "readme.txt", "no picture");
  const std::vector<ManifestFile> files = DescribeFolder(folder.path());
  std::vector<std::string> names;
  for (const ManifestFile& file : files) names.push_back(file.name);
  EXPECT_EQ(names, (std::vector<std::string>{"a7b", "t1", "t2", "t02b", "t10"}));
  EXPECT_EQ(files[1].sha256, Sha256Text(ReadText(folder / "t1.png")));
  EXPECT_EQ(files[1].bytes, static_cast<int64_t>(ReadText(folder / "t1.png").size()));
}

TEST(DescribeFolder, RefusesWhatCannotBeASet) {
  const TestFolder folder;
  EXPECT_THROW(DescribeFolder(folder / "missing"), Error);
  EXPECT_THROW(DescribeFolder(folder.path()), Error);  // no picture
  WriteText(folder / "a.png", PngText(TestPicture(1, 4, 4, 0)));
  WriteText(folder / "a.bmp", PngText(TestPicture(1, 4, 4, 1)));
  EXPECT_THROW(DescribeFolder(folder.path()), Error);  // two pictures "a"
  std::filesystem::remove(folder / "a.bmp");
  WriteText(folder / "b.jpg", "not a picture");
  EXPECT_THROW(DescribeFolder(folder.path()), Error);
}

TEST(DescribeGenerated, KnowsEveryPicture) {
  GeneratorSettings settings;
  settings.images = 3;
  settings.height = settings.width = 32;
  const std::vector<ManifestFile> files = DescribeGenerated(settings);
  ASSERT_EQ(files.size(), 3u);
  EXPECT_EQ(files[2].name, "leaves02");
  EXPECT_EQ(files[2].pixels_sha256, PixelsSha256(GenerateImage(settings, 2)));
}

}  // namespace
}  // namespace chaosense
