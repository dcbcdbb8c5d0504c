#include "core/base/line_appender.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "core/base/file_error.h"

namespace chaosense {

LineAppender::~LineAppender() {
  if (fd_ >= 0) ::close(fd_);
}

void LineAppender::Append(std::string_view lines) {
  const auto fail = [&](const char* what) { throw FileError(path_, what, errno); };
  std::string text;
  if (fd_ < 0) {
    if (path_.has_parent_path()) {
      std::error_code error;
      std::filesystem::create_directories(path_.parent_path(), error);
      if (error) throw FileError(path_.parent_path(), "cannot create the folder", error.value());
    }
    fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd_ < 0) fail("cannot open for writing");
    char last = '\n';
    const off_t size = ::lseek(fd_, 0, SEEK_END);
    if (size > 0 && ::pread(fd_, &last, 1, size - 1) == 1 && last != '\n') text += '\n';
  }
  text.append(lines);
  text += '\n';
  synced_ = false;
  for (std::string_view left = text; !left.empty();) {
    const ssize_t n = ::write(fd_, left.data(), left.size());
    if (n < 0 && errno != EINTR) fail("cannot write");
    if (n > 0) left.remove_prefix(static_cast<size_t>(n));
  }
}

void LineAppender::Sync() {
  if (synced_) return;
  // EINVAL: the file system (a pipe, /dev/full) knows no fsync.
  if (::fsync(fd_) != 0 && errno != EINVAL) throw FileError(path_, "cannot sync", errno);
  synced_ = true;
}

}  // namespace chaosense
