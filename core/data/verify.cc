#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/signals.h"
#include "core/data/fetch.h"
#include "core/image/image_io.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// "" if the file is what the manifest says.
std::string ProblemOf(const ManifestFile& file, const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return "missing";
  if (!file.sha256.empty()) {
    const std::string got = ToHex(Sha256OfFile(path));
    return got == file.sha256 ? "" : fmt::format("SHA-256 is {}, expected {}", got, file.sha256);
  }
  try {
    const std::string got = PixelsSha256(LoadImage(path));
    return got == file.pixels_sha256
               ? ""
               : fmt::format("the pixels' SHA-256 is {}, expected {}", got, file.pixels_sha256);
  } catch (const Error&) {
    return "not a picture that can be read";
  }
}

}  // namespace

std::vector<FileProblem> VerifyDataset(const Manifest& manifest, const fs::path& data_dir) {
  std::vector<FileProblem> problems;
  for (size_t i = 0; i < manifest.files.size(); ++i) {
    ThrowIfInterrupted();
    const ManifestFile& file = manifest.files[i];
    if (manifest.generator) {
      const std::string got = PixelsSha256(GenerateImage(*manifest.generator, static_cast<int>(i)));
      if (got != file.pixels_sha256) {
        problems.push_back(
            {file.name,
             fmt::format(
                 "generated pixels have SHA-256 {}, expected {}", got, file.pixels_sha256)});
      }
      continue;
    }
    const fs::path relative = manifest.folder / file.path;
    if (const std::string problem = ProblemOf(file, data_dir / relative); !problem.empty()) {
      problems.push_back({relative.string(), problem});
    }
  }
  return problems;
}

}  // namespace chaosense
