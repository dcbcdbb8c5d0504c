// A folder that vanishes with the test, and small pictures to put in it.
#ifndef CHAOSENSE_TESTS_UNIT_DATA_TEST_FOLDER_H_
#define CHAOSENSE_TESTS_UNIT_DATA_TEST_FOLDER_H_

#include <filesystem>
#include <map>
#include <string>

#include "core/data/manifest.h"
#include "core/image/image.h"

namespace chaosense {

class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// A picture with no two channels alike, a function of its arguments.
ImageU8 TestPicture(int channels, int height, int width, int seed);

std::string PngText(const ImageU8& image);
std::string Sha256Text(const std::string& content);
void WriteText(const std::filesystem::path& path, const std::string& content);
std::string ReadText(const std::filesystem::path& path);  // "" if there is no such file

// A manifest "small" in folder "small" over `files` (path -> content), names being the paths'
// stems.
Manifest SmallManifest(const std::map<std::string, std::string>& files);

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_DATA_TEST_FOLDER_H_
