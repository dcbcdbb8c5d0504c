// A folder of its own in the system's temporary folder, removed with everything in it at the end;
// the files that other programs read there.
#ifndef CHAOSENSE_CORE_BASE_SCRATCH_FOLDER_H_
#define CHAOSENSE_CORE_BASE_SCRATCH_FOLDER_H_

#include <cstdint>
#include <filesystem>
#include <span>

namespace chaosense {

class ScratchFolder {
 public:
  ScratchFolder();  // readable by the owner alone; throws Error(kConfig) if it cannot be made
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A file that lives as long as one call, so it is not synced to the disk. Throws Error(kConfig).
void WriteScratchFile(const std::filesystem::path& path, std::span<const uint8_t> bytes);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_SCRATCH_FOLDER_H_
