// Getting an image set into the data folder, and checking what is there.
#ifndef CHAOSENSE_CORE_DATA_FETCH_H_
#define CHAOSENSE_CORE_DATA_FETCH_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/data/download.h"
#include "core/data/manifest.h"

namespace chaosense {

struct FetchOptions {
  DownloadOptions download;
  // If not empty: a folder (searched with all below it) or an archive of one's own to take the
  // files from first, for when an address is dead. Files are known by their SHA-256, so it does not
  // matter where these came from.
  std::filesystem::path from;
};

struct FetchReport {
  int present = 0;  // files that were there and right
  int fetched = 0;
};

// Fetches sets one after the other; archives that several share are loaded once and deleted at the
// end.
class Fetcher {
 public:
  Fetcher(std::filesystem::path data_dir, FetchOptions options);
  ~Fetcher();

  // Afterwards every file of the set is in the data folder and right. Files that are already there
  // and right are left alone, wrong ones are replaced. The manifest's sources are tried in order,
  // for the files that are still missing. Every file appears whole or not at all. Throws
  // Error(kData) saying what could not be had and why; what could be had stays, so that the next
  // call goes on. A generated set needs nothing.
  FetchReport Fetch(const Manifest& manifest);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct FileProblem {
  std::string file;     // its path in the data folder, or the picture's name in a generated set
  std::string problem;  // "missing", or what differs
};

// Checks every file of the set against the manifest, offline. Empty: all is well.
std::vector<FileProblem> VerifyDataset(const Manifest& manifest,
                                       const std::filesystem::path& data_dir);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_FETCH_H_
