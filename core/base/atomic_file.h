// A file written piece by piece that appears whole or not at all: a temporary file in the same
// folder, removed unless Commit() is reached. (For content in memory: WriteFileAtomically.)
#ifndef CHAOSENSE_CORE_BASE_ATOMIC_FILE_H_
#define CHAOSENSE_CORE_BASE_ATOMIC_FILE_H_

#include <cstdint>
#include <filesystem>
#include <span>

namespace chaosense {

class AtomicFile {
 public:
  enum class Existing { kRefuse, kReplace };

  // Creates missing parent folders. Throws Error(kConfig) if `path` exists and is to be refused, or
  // if it cannot be written.
  AtomicFile(std::filesystem::path path, Existing existing);
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
