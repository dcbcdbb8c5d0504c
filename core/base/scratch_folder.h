// A folder of its own in the system's temporary folder, removed with everything in it at the end;
// the files that other programs read there. What killed processes left is removed by the next one.
#ifndef CHAOSENSE_CORE_BASE_SCRATCH_FOLDER_H_
#define CHAOSENSE_CORE_BASE_SCRATCH_FOLDER_H_

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "core/base/descriptor.h"

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
  Descriptor lock_;  // says that somebody works there
};

// Removes the scratch folders in `parent` that no process works in and that are over a minute old.
void RemoveAbandonedScratchFolders(const std::filesystem::path& parent);

// A file that lives as long as one call, so it is not synced to the disk. Throws Error(kConfig).
void WriteScratchFile(const std::filesystem::path& path, std::span<const uint8_t> bytes);
void WriteScratchFile(const std::filesystem::path& path, std::string_view text);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_SCRATCH_FOLDER_H_
