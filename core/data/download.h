// Files over HTTP(S) or from file:// addresses (libcurl): resumed where they broke off, retried,
// and never taken for what they are not.
#ifndef CHAOSENSE_CORE_DATA_DOWNLOAD_H_
#define CHAOSENSE_CORE_DATA_DOWNLOAD_H_

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace chaosense {

struct DownloadOptions {
  int attempts = 4;  // in all, for one file
  std::chrono::milliseconds first_wait{
      1000};  // before the second attempt; doubled for each further one
  int connect_timeout_s = 20;
  int stall_timeout_s = 30;  // fewer than 100 bytes/s for so long ends the attempt
  // If not empty: "http://host/a/b" is fetched from "<mirror>/host/a/b".
  std::string mirror;
};

struct DownloadRequest {
  std::string url;
  std::filesystem::path target;
  std::string sha256;  // empty: unknown
  int64_t bytes = 0;   // 0: unknown
  int64_t most_bytes =
      int64_t{4} << 30;  // the transfer is ended where it grows beyond this, or beyond `bytes`
};

struct DownloadResult {
  enum class Status {
    kDone,
    kFileFailed,  // this file: not there, another file, a web page
    kHostFailed   // nothing can be had from there: no such host, no connection, server errors
  };
  Status status = Status::kDone;
  std::string reason;  // "<url>: <what is wrong>", for people
};

// One connection cache; use one object for many files of a host. Not thread-safe.
class Downloader {
 public:
  explicit Downloader(DownloadOptions options);
  ~Downloader();
  Downloader(const Downloader&) = delete;
  Downloader& operator=(const Downloader&) = delete;

  // Called now and then with the bytes had so far and the bytes in all (0: unknown).
  using ProgressFunction = std::function<void(int64_t had, int64_t total)>;

  // Puts the file at request.target, whole and of the right size and SHA-256, or not at all. While
  // it is loading it is called target + ".part"; that stays when the connection fails or the
  // process is interrupted, and the next call goes on from there. A file with a wrong checksum is
  // deleted. Throws Error(kInterrupted), and Error(kConfig) if the target cannot be written.
  DownloadResult Fetch(const DownloadRequest& request, const ProgressFunction& progress = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The address under the mirror; `url` itself where mirror is empty.
std::string MirroredUrl(const std::string& url, const std::string& mirror);

// `url` with {file} replaced by the percent-encoded file name and {stem} by the same without its
// extension.
std::string ExpandUrl(const std::string& url, const std::string& file);

// Whether content begins as a web page does.
bool LooksLikeHtml(std::string_view content);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_DOWNLOAD_H_
