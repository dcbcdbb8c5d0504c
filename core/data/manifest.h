// The manifest of an image set: what files it has, how to know them (SHA-256), where they come from
// and on what terms. One JSON file each, datasets/<name>.json; the format is described in
// datasets/README.md.
#ifndef CHAOSENSE_CORE_DATA_MANIFEST_H_
#define CHAOSENSE_CORE_DATA_MANIFEST_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/data/derive.h"
#include "core/data/generator.h"

namespace chaosense {

// The published file that a file of ours is made from.
struct Original {
  std::string file;    // its name at the source
  std::string sha256;  // of its bytes
  int64_t bytes = 0;
  DeriveRule rule = DeriveRule::kSame;
};

struct ManifestFile {
  std::string name;    // the picture's name, unique in the set
  std::string path;    // relative to the set's folder
  std::string sha256;  // of the file's bytes; empty for a derived file,
  std::string
      pixels_sha256;  // which is known by its pixels (PixelsSha256), since PNG encoders differ
  int64_t bytes = 0;  // 0: unknown (derived)
  std::optional<Original> original;

  const std::string& checksum() const { return sha256.empty() ? pixels_sha256 : sha256; }
};

// Where files can be had from. In `url` and `path`, {file} is the file's name at the source, {stem}
// the same without its extension.
struct ManifestSource {
  enum class Kind {
    kFiles,    // one download a file: `url`
    kArchive,  // one archive at `url` (zip, tar, tgz, ...), members named `path`
    kFolder    // another set's folder in the data folder: `path`
  };
  Kind kind = Kind::kFiles;
  std::string url;
  std::string path;
  std::string sha256;  // of the archive, if known
};

struct Manifest {
  std::string name;
  std::string title;
  std::string description;
  std::string split;  // "train", "validation" or "test"
  std::string license;
  std::string terms_url;
  std::filesystem::path folder;  // relative to the data folder; empty for a generated set
  std::vector<ManifestSource> sources;
  std::vector<ManifestFile> files;
  std::optional<GeneratorSettings> generator;  // set: the pictures are made on the fly

  // SHA-256 over the sorted lines "<picture name> <checksum>\n".
  std::string Checksum() const;
};

// Both throw Error(kConfig) naming `path` and the key at fault: unknown or missing keys, a name
// used twice, a path that leaves its folder, a checksum that is none.
Manifest ReadManifest(const std::filesystem::path& path);
Manifest ParseManifest(const Json& json, const std::string& where);

// The file's text, one line a file entry.
std::string ManifestText(const Manifest& manifest);

// SHA-256 of the text "<channels>x<height>x<width>\n" followed by the samples, channel by channel,
// row by row.
std::string PixelsSha256(const ImageU8& image);

// True for a relative path without ".." that can be put below a folder.
bool IsSafeRelativePath(const std::string& path);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_MANIFEST_H_
