#include "core/base/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>

#include "core/base/error.h"

namespace chaosense {

ScratchFolder::ScratchFolder() {
  std::error_code error;
  std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  if (error) throw ConfigError("no temporary folder: {} (TMPDIR)", error.message());
  std::string pattern = (parent / "chaosense_XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw ConfigError("{}: cannot make a temporary folder: {} (TMPDIR chooses another place)",
                      parent.string(),
                      std::strerror(errno));
  }
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

void WriteScratchFile(const std::filesystem::path& path, std::span<const uint8_t> bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  if (!out.flush())
    throw ConfigError("{}: cannot write (TMPDIR chooses another place)", path.string());
}

}  // namespace chaosense
