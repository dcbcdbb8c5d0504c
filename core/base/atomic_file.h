// A file written piece by piece that appears whole or not at all: a temporary file in the same
// folder, removed unless Commit() is reached. (For content in memory: WriteFileAtomically.)
#ifndef CHAOSENSE_CORE_BASE_ATOMIC_FILE_H_
#define CHAOSENSE_CORE_BASE_ATOMIC_FILE_H_

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <span>

namespace chaosense {

// Permissions for a file made from `input`: who may read that, and write by the owner at least. So
// what is made of a private file is private.
mode_t PermissionsFrom(const std::filesystem::path& input);

// Removes the temporary files that killed processes left in `folder` itself, not below it. Only for
// who knows that nobody is writing there now.
void RemoveTemporaryFiles(const std::filesystem::path& folder);

class AtomicFile {
 public:
  enum class Existing { kRefuse, kReplace };

  // Throws Error(kConfig) if `path` exists and is to be refused, or is no regular file: for those
  // who write by other means, and before any work.
  static void RequireWritable(const std::filesystem::path& path, Existing existing);

  // Creates missing parent folders. `permissions`: of the file from its first byte on, less the
  // umask. Throws Error(kConfig) if `path` exists and is to be refused or is no regular file,
  // FileError (file_error.h) if it cannot be written.
  AtomicFile(std::filesystem::path path, Existing existing, mode_t permissions = 0644);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void Write(std::span<const uint8_t> bytes);
  // Syncs and gives the file its name. Throws Error(kConfig) if the name was taken meanwhile.
  void Commit();

 private:
  [[noreturn]] void Fail(const char* what) const;

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  Existing existing_;
  int fd_ = -1;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_ATOMIC_FILE_H_
