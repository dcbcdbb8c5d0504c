#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/file_error.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemporary = ".chaosense.tmp";

Error Exists(const fs::path& path) {
  return ConfigError("{}: exists already; --force replaces it", path.string());
}

}  // namespace

mode_t PermissionsFrom(const fs::path& input) {
  std::error_code error;
  const auto all = static_cast<mode_t>(fs::status(input, error).permissions());
  return (error ? 0 : all & 0666) | S_IWUSR | S_IRUSR;
}

void RemoveTemporaryFiles(const fs::path& folder) {
  std::error_code none;  // a file that stays harms nothing
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().filename().string().starts_with(kTemporary)) left.push_back(entry.path());
  }
  for (const fs::path& file : left) fs::remove(file, none);
}

void AtomicFile::RequireWritable(const fs::path& path, Existing existing) {
  std::error_code error;
  // A rename would put a file in the place of a device or a pipe.
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status))
    throw ConfigError("{}: is a folder, expected the name of a file", path.string());
  if (fs::exists(status) && !fs::is_regular_file(status))
    throw ConfigError("{}: is no regular file, expected one to write", path.string());
  if (existing == Existing::kRefuse && fs::exists(fs::symlink_status(path, error)))
    throw Exists(path);
}

AtomicFile::AtomicFile(fs::path path, Existing existing, mode_t permissions)
    : path_(std::move(path)), existing_(existing) {
  RequireWritable(path_, existing_);
  std::error_code error;
  if (path_.has_parent_path()) {
    fs::create_directories(path_.parent_path(), error);
    if (error) throw FileError(path_.parent_path(), "cannot create the folder", error.value());
  }
  static std::atomic<unsigned> counter{0};
  // Not the file's own name with an ending, which may be too long.
  // The name may be taken: a process id comes again, in containers or on another machine.
  do {
    temporary_ = path_.parent_path() / fmt::format("{}{}.{}", kTemporary, ::getpid(), counter++);
    fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions);
  } while (fd_ < 0 && errno == EEXIST);
  if (fd_ < 0) Fail("cannot open for writing");
}

AtomicFile::~AtomicFile() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(temporary_.c_str());
}

void AtomicFile::Fail(const char* what) const { throw FileError(path_, what, errno); }

void AtomicFile::Write(std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) Fail("cannot write");
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
}

void AtomicFile::Commit() {
  if (::fsync(fd_) != 0 && errno != EINVAL) Fail("cannot sync");
  const bool refuse = existing_ == Existing::kRefuse;
  int failed = ::renameat2(
      AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), refuse ? RENAME_NOREPLACE : 0);
  if (failed != 0 && (errno == EINVAL || errno == ENOSYS)) {
    // A file system without the flag: look once more, then rename.
    std::error_code error;
    if (refuse && fs::exists(fs::symlink_status(path_, error))) throw Exists(path_);
    failed = ::rename(temporary_.c_str(), path_.c_str());
  }
  if (failed != 0 && errno == EEXIST) throw Exists(path_);
  if (failed != 0) Fail("cannot replace");
  ::close(fd_);
  fd_ = -1;
}

}  // namespace chaosense
