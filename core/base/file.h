// Files read whole, written atomically (temporary file in the same folder, fsync, rename) and
// appended durably.
#ifndef CHAOSENSE_CORE_BASE_FILE_H_
#define CHAOSENSE_CORE_BASE_FILE_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chaosense {

using Bytes = std::vector<uint8_t>;

// Throw Error(kData) if the file is missing, Error(kConfig) if it cannot be read.
Bytes ReadFile(const std::filesystem::path& path);
std::string ReadTextFile(const std::filesystem::path& path);

// The file appears whole or not at all. Creates missing parent folders. Throws FileError
// (file_error.h) naming the path and the system's reason, as do the others that write.
void WriteFileAtomically(const std::filesystem::path& path, std::span<const uint8_t> content);
void WriteFileAtomically(const std::filesystem::path& path, std::string_view content);

// Appends one line and fsyncs it. A torn last line left by a killed process is ended first, so that
// it never swallows the new one.
void AppendLineDurably(const std::filesystem::path& path, std::string_view line);

// Throws Error(kConfig) "k: is the key file itself, expected another file" if writing `output`
// would replace `other`.
void RequireOtherFile(const std::filesystem::path& output,
                      const std::filesystem::path& other,
                      const char* what);

// Throws FileError unless `path` is, or can be made, a folder we can write into.
void EnsureWritableFolder(const std::filesystem::path& path);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_FILE_H_
