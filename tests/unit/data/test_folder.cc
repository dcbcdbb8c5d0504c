#include "tests/unit/data/test_folder.h"

#include <cstdlib>
#include <stdexcept>

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/image/image_io.h"

namespace chaosense {

namespace fs = std::filesystem;

TestFolder::TestFolder() {
  std::string name = (fs::temp_directory_path() / "chaosense_data_XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TestFolder::~TestFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

ImageU8 TestPicture(int channels, int height, int width, int seed) {
  ImageU8 image(Shape{channels, height, width});
  for (int c = 0; c < channels; ++c) {
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x)
        image.at(c, y, x) = static_cast<uint8_t>(17 * c + 5 * y + 3 * x + 29 * seed);
    }
  }
  return image;
}

std::string PngText(const ImageU8& image) {
  const Bytes png = EncodePng(image);
  return {png.begin(), png.end()};
}

std::string Sha256Text(const std::string& content) {
  return ToHex(Sha256Of(std::string_view(content)));
}

void WriteText(const fs::path& path, const std::string& content) {
  WriteFileAtomically(path, std::string_view(content));
}

std::string ReadText(const fs::path& path) { return fs::exists(path) ? ReadTextFile(path) : ""; }

Manifest SmallManifest(const std::map<std::string, std::string>& files) {
  Manifest manifest;
  manifest.name = "small";
  manifest.title = "A small set";
  manifest.split = "test";
  manifest.folder = "small";
  for (const auto& [path, content] : files) {
    ManifestFile file;
    file.name = fs::path(path).stem().string();
    file.path = path;
    file.sha256 = Sha256Text(content);
    file.bytes = static_cast<int64_t>(content.size());
    manifest.files.push_back(file);
  }
  return manifest;
}

}  // namespace chaosense
