#include "core/data/describe.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/signals.h"
#include "core/data/patterns.h"
#include "core/image/image_io.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Runs of digits compare as numbers.
bool NaturalLess(const std::string& a, const std::string& b) {
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (IsDigit(a[i]) && IsDigit(b[j])) {
      const auto run = [](const std::string& text, size_t& at) {
        while (at + 1 < text.size() && text[at] == '0' && IsDigit(text[at + 1])) ++at;
        const size_t start = at;
        while (at < text.size() && IsDigit(text[at])) ++at;
        return text.substr(start, at - start);
      };
      const std::string x = run(a, i), y = run(b, j);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  if (a.size() - i != b.size() - j) return a.size() - i < b.size() - j;
  return a < b;
}

bool IsPicture(const fs::path& path) {
  static constexpr std::array kExtensions = {
      ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"};
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) {
    return std::tolower(c);
  });
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

}  // namespace

std::vector<ManifestFile> DescribeFolder(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) throw DataError("{}: no such folder", folder.string());
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && IsPicture(entry.path())) paths.push_back(entry.path());
  }
  if (paths.empty())
    throw DataError("{}: has no picture (.png, .jpg, .tif, .bmp, .webp)", folder.string());
  std::sort(paths.begin(), paths.end(), [](const fs::path& a, const fs::path& b) {
    return NaturalLess(a.filename().string(), b.filename().string());
  });
  std::vector<ManifestFile> files;
  for (const fs::path& path : paths) {
    ThrowIfInterrupted();
    const Bytes content = ReadFile(path);
    DecodeImage(content, ColorMode::kAsStored, path.string());  // throws if it is no picture
    ManifestFile file;
    file.name = path.stem().string();
    if (!files.empty() && files.back().name == file.name) {
      throw ConfigError("{}: two files are called {}; expected one picture of a name",
                        folder.string(),
                        file.name);
    }
    file.path = path.filename().string();
    file.sha256 = ToHex(Sha256Of(std::span<const uint8_t>(content)));
    file.bytes = static_cast<int64_t>(content.size());
    files.push_back(std::move(file));
  }
  return files;
}

std::vector<ManifestFile> DescribeGenerated(const GeneratorSettings& settings) {
  std::vector<ManifestFile> files;
  for (int i = 0; i < settings.images; ++i) {
    ThrowIfInterrupted();
    ManifestFile file;
    file.name = settings.kind == "patterns" ? PatternNames()[static_cast<size_t>(i)]
                                            : fmt::format("leaves{:02}", i);
    file.pixels_sha256 = PixelsSha256(GenerateImage(settings, i));
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace chaosense
