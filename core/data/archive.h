// Reading named members out of zip, tar, tgz, ... archives (libarchive). Nothing is unpacked to
// disk here and no path of an archive is ever used as one: the caller names the members, and gets
// their bytes.
#ifndef CHAOSENSE_CORE_DATA_ARCHIVE_H_
#define CHAOSENSE_CORE_DATA_ARCHIVE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "core/base/file.h"

namespace chaosense {

// Calls `wanted` with every regular member's path ("./" taken off) and, where it answers true,
// `found` with the member's bytes. A member longer than `most_bytes` is an error. Throws
// Error(kData) if the file is missing, is no archive or is damaged.
void ReadArchive(const std::filesystem::path& archive,
                 int64_t most_bytes,
                 const std::function<bool(const std::string& member)>& wanted,
                 const std::function<void(const std::string& member, Bytes content)>& found);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_ARCHIVE_H_
