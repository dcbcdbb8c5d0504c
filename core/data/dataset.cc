#include "core/data/dataset.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/signals.h"
#include "core/base/suggest.h"
#include "core/data/manifest.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

ImageU8 InMode(const ImageU8& image, ColorMode mode) {
  if (mode == ColorMode::kGray) return ToGray(image);
  if (mode == ColorMode::kColor && image.shape.channels == 1) {
    ImageU8 color(Shape{3, image.shape.height, image.shape.width});
    for (int c = 0; c < 3; ++c) std::copy(image.data.begin(), image.data.end(), &color.at(c, 0, 0));
    return color;
  }
  return image;
}

std::string FetchHint(const std::string& name) {
  return fmt::format("run `chaosense data fetch {}` or give --data-dir (or CHAOSENSE_DATA)", name);
}

ImageU8 LoadFile(const Manifest& manifest, const ManifestFile& file, const fs::path& folder) {
  const fs::path path = folder / file.path;
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw DataError("{}: {} is missing from {}; {}",
                    manifest.name,
                    file.path,
                    folder.string(),
                    FetchHint(manifest.name));
  }
  const Bytes content = ReadFile(path);
  if (!file.sha256.empty()) {
    const std::string got = ToHex(Sha256Of(std::span<const uint8_t>(content)));
    if (got != file.sha256) {
      throw DataError(
          "{}: SHA-256 is {}, expected {}; the file is damaged or another version: delete it and "
          "run "
          "`chaosense data fetch {}`",
          path.string(),
          got,
          file.sha256,
          manifest.name);
    }
    return DecodeImage(content, ColorMode::kAsStored, path.string());
  }
  const ImageU8 image = DecodeImage(content, ColorMode::kAsStored, path.string());
  if (const std::string got = PixelsSha256(image); got != file.pixels_sha256) {
    throw DataError(
        "{}: the pixels' SHA-256 is {}, expected {}; the file is damaged or another version: "
        "delete it "
        "and run `chaosense data fetch {}`",
        path.string(),
        got,
        file.pixels_sha256,
        manifest.name);
  }
  return image;
}

ImageU8 Generate(const Manifest& manifest, size_t index) {
  ImageU8 image = GenerateImage(*manifest.generator, static_cast<int>(index));
  const ManifestFile& file = manifest.files[index];
  if (const std::string got = PixelsSha256(image); got != file.pixels_sha256) {
    throw DataError(
        "{}: the generated picture {} has SHA-256 {}, the manifest says {}; the manifest belongs "
        "to "
        "another revision of the generator, or this machine's arithmetic is not IEEE 754",
        manifest.name,
        file.name,
        got,
        file.pixels_sha256);
  }
  return image;
}

// The indices into manifest.files of the pictures asked for, in that order.
std::vector<size_t> Pick(const Manifest& manifest, const std::vector<std::string>& images) {
  std::vector<size_t> picked;
  std::set<size_t> seen;
  for (const std::string& image : images) {
    const auto at = std::find_if(manifest.files.begin(),
                                 manifest.files.end(),
                                 [&](const ManifestFile& file) { return file.name == image; });
    if (at == manifest.files.end()) {
      std::vector<std::string> names;
      for (const ManifestFile& file : manifest.files) names.push_back(file.name);
      const std::string nearest = DidYouMean(image, names);
      const std::string known =
          names.size() <= 20
              ? "; it has " + JoinNames(names)
              : fmt::format(
                    "; it has {} images, {} ... {}", names.size(), names.front(), names.back());
      throw ConfigError("dataset {} has no image \"{}\"{}{}", manifest.name, image, known, nearest);
    }
    const auto index = static_cast<size_t>(at - manifest.files.begin());
    if (!seen.insert(index).second) {
      throw ConfigError("dataset {}: the image \"{}\" is asked for twice", manifest.name, image);
    }
    picked.push_back(index);
  }
  if (images.empty()) {
    for (size_t i = 0; i < manifest.files.size(); ++i) picked.push_back(i);
  }
  return picked;
}

}  // namespace

struct DataFolder::Cache {
  struct Entry {
    Manifest manifest;
    std::string checksum;
  };

  const Entry& Get(const DataFolder& folder, const std::string& name) {
    const std::lock_guard lock(mutex);
    if (const auto found = entries.find(name); found != entries.end()) return found->second;
    const std::vector<std::string> names = folder.Names();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw ConfigError(
          "unknown dataset \"{}\"; known: {}{}", name, JoinNames(names), DidYouMean(name, names));
    }
    Manifest manifest = ReadManifest(folder.manifest_dir() / (name + ".json"));
    std::string checksum = manifest.Checksum();
    return entries.emplace(name, Entry{std::move(manifest), std::move(checksum)}).first->second;
  }

  std::mutex mutex;
  std::map<std::string, Entry> entries;
};

DataFolder::DataFolder(fs::path data_dir, fs::path manifest_dir)
    : data_dir_(std::move(data_dir)),
      manifest_dir_(std::move(manifest_dir)),
      cache_(std::make_shared<Cache>()) {}

std::vector<std::string> DataFolder::Names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(manifest_dir_, error)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  if (error) {
    throw ConfigError("{}: cannot read the folder of dataset manifests: {}",
                      manifest_dir_.string(),
                      error.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

const Manifest& DataFolder::ManifestOf(const std::string& name) const {
  return cache_->Get(*this, name).manifest;
}

void RequireNoTestSet(const DataFolder& data, const std::string& name, const std::string& where) {
  std::string split;
  try {
    split = data.ManifestOf(name).split;
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", where, error.what()));
  }
  if (split == "test") {
    throw ConfigError(
        "{}: \"{}\" is a test set, expected pictures for training or validation (the manifest's "
        "\"split\"; chaosense data add --split train)",
        where,
        name);
  }
}

std::string DataFolder::Checksum(const std::string& name) const {
  return cache_->Get(*this, name).checksum;
}

Dataset DataFolder::Load(const std::string& name,
                         ColorMode mode,
                         const std::vector<std::string>& images) const {
  const Manifest& manifest = ManifestOf(name);
  const std::vector<size_t> picked = Pick(manifest, images);
  const fs::path folder = data_dir_ / manifest.folder;
  if (!manifest.generator) {
    if (data_dir_.empty())
      throw DataError("{}: no data folder is given; {}", name, FetchHint(name));
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
      throw DataError("{}: not found in {}; {}", name, folder.string(), FetchHint(name));
    }
  }
  Dataset dataset{name, Checksum(name), {}};
  dataset.images.reserve(picked.size());
  for (const size_t index : picked) {
    ThrowIfInterrupted();
    const ManifestFile& file = manifest.files[index];
    const ImageU8 stored =
        manifest.generator ? Generate(manifest, index) : LoadFile(manifest, file, folder);
    dataset.images.push_back({file.name, InMode(stored, mode)});
  }
  return dataset;
}

}  // namespace chaosense
