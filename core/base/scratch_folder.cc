#include "core/base/scratch_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/base/error.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "chaosense_scratch_";
// One made just now may not be locked yet.
constexpr std::chrono::minutes kYoungest{1};

// The lock ends with the process, however that ends.
Descriptor Locked(const fs::path& folder) {
  Descriptor lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (lock.open() && ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) lock.Close();
  return lock;
}

}  // namespace

void RemoveAbandonedScratchFolders(const fs::path& parent) {
  std::error_code none;  // a folder that stays harms nothing
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(parent, none)) {
    if (!entry.path().filename().string().starts_with(kPrefix)) continue;
    const fs::file_time_type made = entry.last_write_time(none);
    if (!none && fs::file_time_type::clock::now() - made > kYoungest) old.push_back(entry.path());
  }
  for (const fs::path& folder : old) {
    const Descriptor lock = Locked(folder);
    if (lock.open()) fs::remove_all(folder, none);
  }
}

ScratchFolder::ScratchFolder() {
  std::error_code error;
  fs::path parent = fs::temp_directory_path(error);
  if (error) throw ConfigError("no temporary folder: {} (TMPDIR)", error.message());
  static std::once_flag once;
  std::call_once(once, [&] { RemoveAbandonedScratchFolders(parent); });
  std::string pattern = (parent / fmt::format("{}XXXXXX", kPrefix)).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw ConfigError("{}: cannot make a temporary folder: {} (TMPDIR chooses another place)",
                      parent.string(),
                      std::strerror(errno));
  }
  path_ = pattern;
  lock_ = Locked(path_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

void WriteScratchFile(const fs::path& path, std::span<const uint8_t> bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  if (!out.flush())
    throw ConfigError("{}: cannot write (TMPDIR chooses another place)", path.string());
}

void WriteScratchFile(const fs::path& path, std::string_view text) {
  WriteScratchFile(path, std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

}  // namespace chaosense
