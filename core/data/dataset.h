// Image sets by name. `datasets/<name>.json` (the manifest) lists files with SHA-256, licence and
// upstream addresses; the data folder (--data-dir, CHAOSENSE_DATA) holds the files. "generated_*"
// sets are made on the fly.
#ifndef CHAOSENSE_CORE_DATA_DATASET_H_
#define CHAOSENSE_CORE_DATA_DATASET_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/image/image_io.h"

namespace chaosense {

struct Manifest;  // core/data/manifest.h

struct NamedImage {
  std::string name;  // the file's stem, e.g. "lena256"
  ImageU8 pixels;
};

struct Dataset {
  std::string name;
  std::string checksum;  // SHA-256 over the names and checksums of its files: identifies the pixels
  std::vector<NamedImage> images;
};

// Where data and manifests lie. Cheap to copy. Manifests are read once: copies share what they
// read.
class DataFolder {
 public:
  // `data_dir` may be empty: then only generated sets can be loaded.
  DataFolder(std::filesystem::path data_dir, std::filesystem::path manifest_dir);

  const std::filesystem::path& data_dir() const { return data_dir_; }
  const std::filesystem::path& manifest_dir() const { return manifest_dir_; }

  std::vector<std::string> Names() const;  // every set that has a manifest, sorted

  // The whole manifest. Throws as Checksum does, and Error(kConfig) if the manifest is not valid.
  // The reference holds as long as a copy of this DataFolder.
  const Manifest& ManifestOf(const std::string& name) const;

  // The manifest's checksum; reads no image. Throws Error(kConfig) for an unknown name ("did you
  // mean").
  std::string Checksum(const std::string& name) const;

  // Throws Error(kData) if the set is not in the data folder (naming the folder it expects and
  // `chaosense data fetch NAME`), or if a file's SHA-256 differs from the manifest's. `images`
  // picks by name; empty: all. An unknown image name is Error(kConfig).
  Dataset Load(const std::string& name,
               ColorMode mode,
               const std::vector<std::string>& images = {}) const;

 private:
  std::filesystem::path data_dir_;
  std::filesystem::path manifest_dir_;
  struct Cache;
  std::shared_ptr<Cache> cache_;
};

// What is fitted, trained or chosen on test pictures says nothing about others. Throws
// Error(kConfig) "WHERE: ..." if `name` is unknown or a test set.
void RequireNoTestSet(const DataFolder& data, const std::string& name, const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_DATASET_H_
