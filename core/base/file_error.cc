#include "core/base/file_error.h"

#include <cerrno>
#include <system_error>

namespace chaosense {

Error FileError(const std::filesystem::path& path, const char* what, int reason) {
  bool disk = false;
  for (const int one : {ENOSPC, EDQUOT, EFBIG, EROFS, EIO}) disk = disk || reason == one;
  return Error(
      disk ? ErrorKind::kRun : ErrorKind::kConfig,
      fmt::format("{}: {}: {}", path.string(), what, std::generic_category().message(reason)));
}

}  // namespace chaosense
