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

// The file appears whole or not at all. Creates missing parent folders. Throws Error(kConfig)
// naming the path and the system's reason.
void WriteFileAtomically(const std::filesystem::path& path, std::span<const uint8_t> content);
void WriteFileAtomically(const std::filesystem::path& path, std::string_view content);

// Appends one line and fsyncs it. A torn last line left by a killed process is ended first, so that
// it never swallows the new one.
void AppendLineDurably(const std::filesystem::path& path, std::string_view line);

// Appends lines to a file that stays open. What is appended survives the process's death at once
// and the machine's once Sync() has returned. A torn last line is ended first. The file is made
// with the first line.
class LineAppender {
 public:
  explicit LineAppender(std::filesystem::path path) : path_(std::move(path)) {}
  ~LineAppender();
  LineAppender(const LineAppender&) = delete;
  LineAppender& operator=(const LineAppender&) = delete;

  // `lines`: several are parted by '\n'; the last needs none.
  void Append(std::string_view lines);
  void Sync();

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  bool synced_ = true;
};

// Throws Error(kConfig) unless `path` is, or can be made, a folder we can write into.
void EnsureWritableFolder(const std::filesystem::path& path);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_FILE_H_
