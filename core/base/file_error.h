// What a file that cannot be written means: a path that is wrong is the user's configuration, a
// disk that is full, read-only or broken is not.
#ifndef CHAOSENSE_CORE_BASE_FILE_ERROR_H_
#define CHAOSENSE_CORE_BASE_FILE_ERROR_H_

#include <filesystem>

#include "core/base/error.h"

namespace chaosense {

// "path: what: the system's reason", `reason` an errno. Of kind kRun where the disk is to blame
// (full, quota, size limit, read-only, input/output error), else kConfig.
Error FileError(const std::filesystem::path& path, const char* what, int reason);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_FILE_ERROR_H_
