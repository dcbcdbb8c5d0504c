#include "core/data/download.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <thread>

#include "core/base/error.h"
#include "core/base/file_error.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using Status = DownloadResult::Status;

// libcurl must be set up once, before the first handle.
void InitCurl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw RunError("libcurl cannot start: {}", curl_easy_strerror(result));
}

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

int64_t SizeOf(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<int64_t>(size);
}

std::string FirstBytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 512> buffer{};
  in.read(buffer.data(), buffer.size());
  return {buffer.data(), static_cast<size_t>(in.gcount())};
}

// What the callbacks of one transfer share.
struct Transfer {
  std::FILE* file = nullptr;
  int64_t start = 0;  // bytes had before
  int64_t had = 0;
  int64_t most = 0;
  bool too_long = false;
  int write_error = 0;
  const Downloader::ProgressFunction* progress = nullptr;
};

size_t OnData(char* data, size_t, size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.had + static_cast<int64_t>(count) > transfer.most) {
    transfer.too_long = true;
    return 0;
  }
  if (std::fwrite(data, 1, count, transfer.file) != count) {
    transfer.write_error = errno;
    return 0;
  }
  transfer.had += static_cast<int64_t>(count);
  return count;
}

int OnProgress(void* user, curl_off_t total, curl_off_t, curl_off_t, curl_off_t) {
  const auto& transfer = *static_cast<Transfer*>(user);
  if (InterruptRequested()) return 1;
  if (*transfer.progress)
    (*transfer.progress)(transfer.had, total > 0 ? transfer.start + total : 0);
  return 0;
}

bool IsConnectionFailure(CURLcode code) {
  return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY ||
         code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT ||
         code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION;
}

// The outcome of one attempt.
struct Attempt {
  enum class Next { kDone, kGiveUp, kRetry, kStartOver };
  Next next = Next::kDone;
  Status status = Status::kDone;
  std::string reason;
};

void Sleep(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
    ThrowIfInterrupted();
    std::this_thread::sleep_for(std::min(time, std::chrono::milliseconds(50)));
  }
}

}  // namespace

struct Downloader::Impl {
  explicit Impl(DownloadOptions o) : options(std::move(o)) {
    InitCurl();
    curl = curl_easy_init();
    if (curl == nullptr) throw RunError("libcurl cannot start");
  }
  ~Impl() { curl_easy_cleanup(curl); }

  Attempt Try(const DownloadRequest& request,
              const std::string& url,
              const fs::path& part,
              const ProgressFunction& p);
  Attempt Judge(CURLcode code, const Transfer& transfer, const std::string& url) const;
  Attempt Check(const DownloadRequest& request,
                const Transfer& transfer,
                const std::string& url,
                const fs::path& part) const;

  DownloadOptions options;
  CURL* curl = nullptr;
};

// What a failed transfer means.
Attempt Downloader::Impl::Judge(CURLcode code,
                                const Transfer& transfer,
                                const std::string& url) const {
  using Next = Attempt::Next;
  long http = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &http);
  if (transfer.too_long) {
    return {Next::kStartOver,
            Status::kFileFailed,
            fmt::format("{}: more than the expected {} bytes", url, transfer.most)};
  }
  if (code == CURLE_RANGE_ERROR || code == CURLE_BAD_DOWNLOAD_RESUME || http == 416) {
    return {Next::kStartOver, Status::kFileFailed, fmt::format("{}: cannot be resumed", url)};
  }
  if (code == CURLE_HTTP_RETURNED_ERROR) {
    const bool passing = http >= 500 || http == 429 || http == 408;
    return {passing ? Next::kRetry : Next::kGiveUp,
            passing ? Status::kHostFailed : Status::kFileFailed,
            fmt::format(
                "{}: HTTP {}{}", url, http, http == 404 || http == 410 ? " (no such file)" : "")};
  }
  const std::string reason = fmt::format("{}: {}", url, curl_easy_strerror(code));
  if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ||
      code == CURLE_FILE_COULDNT_READ_FILE || code == CURLE_TOO_MANY_REDIRECTS) {
    return {Next::kGiveUp, Status::kFileFailed, reason};
  }
  if (code == CURLE_COULDNT_RESOLVE_HOST) return {Next::kGiveUp, Status::kHostFailed, reason};
  return {
      Next::kRetry, IsConnectionFailure(code) ? Status::kHostFailed : Status::kFileFailed, reason};
}

// Whether what was loaded is what was asked for.
Attempt Downloader::Impl::Check(const DownloadRequest& request,
                                const Transfer& transfer,
                                const std::string& url,
                                const fs::path& part) const {
  using Next = Attempt::Next;
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  const std::string content_type = type == nullptr ? "" : type;
  const std::string got = request.sha256.empty() ? "" : ToHex(Sha256OfFile(part));
  if (!got.empty() && got == request.sha256) return {};
  // A resumed file can be the beginning of one version and the end of another.
  const Next again = transfer.start > 0 ? Next::kStartOver : Next::kGiveUp;
  if (LooksLikeHtml(FirstBytes(part)) || content_type.starts_with("text/html")) {
    return {again,
            Status::kFileFailed,
            fmt::format("{}: the server sent a web page instead of the file", url)};
  }
  if (request.bytes > 0 && transfer.had < request.bytes && transfer.start == 0) {
    return {Next::kRetry,
            Status::kFileFailed,
            fmt::format("{}: only {} of {} bytes came", url, transfer.had, request.bytes)};
  }
  if (!got.empty()) {
    return {again,
            Status::kFileFailed,
            fmt::format("{}: wrong SHA-256: expected {}, got {}; the file was deleted",
                        url,
                        request.sha256,
                        got)};
  }
  if (request.bytes > 0 && transfer.had != request.bytes) {
    return {again,
            Status::kFileFailed,
            fmt::format("{}: {} bytes, expected {}", url, transfer.had, request.bytes)};
  }
  return {};
}

Attempt Downloader::Impl::Try(const DownloadRequest& request,
                              const std::string& url,
                              const fs::path& part,
                              const ProgressFunction& progress) {
  Transfer transfer;
  transfer.start = transfer.had = SizeOf(part);
  transfer.most = request.bytes > 0 ? request.bytes : request.most_bytes;
  transfer.progress = &progress;
  const FileHandle file(std::fopen(part.c_str(), "ab"));
  if (file == nullptr)
    throw ConfigError("{}: cannot open for writing: {}", part.string(), std::strerror(errno));
  transfer.file = file.get();

  curl_easy_reset(curl);  // keeps the connections
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,file");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 10L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "chaosense");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.connect_timeout_s));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 100L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_timeout_s));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnData);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, OnProgress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(transfer.start));
  const CURLcode code = curl_easy_perform(curl);

  const bool flushed = std::fflush(transfer.file) == 0;
  if (transfer.write_error != 0 || !flushed) {
    throw FileError(part, "cannot write", transfer.write_error != 0 ? transfer.write_error : errno);
  }
  ThrowIfInterrupted();
  return code == CURLE_OK ? Check(request, transfer, url, part) : Judge(code, transfer, url);
}

Downloader::Downloader(DownloadOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
Downloader::~Downloader() = default;

DownloadResult Downloader::Fetch(const DownloadRequest& request, const ProgressFunction& progress) {
  const std::string url = MirroredUrl(request.url, impl_->options.mirror);
  std::error_code error;
  fs::create_directories(request.target.parent_path(), error);
  if (error) {
    throw ConfigError(
        "{}: cannot create the folder: {}", request.target.parent_path().string(), error.message());
  }
  fs::path part = request.target;
  part += ".part";
  // A part as long as the file is either the file or useless.
  if (request.bytes > 0 && SizeOf(part) >= request.bytes) fs::remove(part, error);

  std::chrono::milliseconds wait = impl_->options.first_wait;
  bool started_over = false;
  DownloadResult result;
  for (int attempt = 1; attempt <= impl_->options.attempts; ++attempt) {
    const Attempt outcome = impl_->Try(request, url, part, progress);
    result = {outcome.status, outcome.reason};
    switch (outcome.next) {
      case Attempt::Next::kDone:
        fs::rename(part, request.target);
        return result;
      case Attempt::Next::kStartOver:
        fs::remove(part, error);
        if (started_over) return result;
        started_over = true;
        --attempt;  // what an earlier call left is no failure of this one
        break;
      case Attempt::Next::kGiveUp:
        fs::remove(part, error);
        return result;
      case Attempt::Next::kRetry:
        if (attempt == impl_->options.attempts) break;
        LogInfo("{}; attempt {} of {} in {:.1f} s",
                outcome.reason,
                attempt + 1,
                impl_->options.attempts,
                std::chrono::duration<double>(wait).count());
        Sleep(wait);
        wait *= 2;
        break;
    }
  }
  return result;
}

std::string MirroredUrl(const std::string& url, const std::string& mirror) {
  if (mirror.empty()) return url;
  const size_t at = url.find("://");
  std::string base = mirror;
  while (base.ends_with('/')) base.pop_back();
  return base + "/" + (at == std::string::npos ? url : url.substr(at + 3));
}

std::string ExpandUrl(const std::string& url, const std::string& file) {
  const auto encode = [](const std::string& text) {
    std::string encoded;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos) {
        encoded += c;
      } else {
        encoded += fmt::format("%{:02X}", byte);
      }
    }
    return encoded;
  };
  std::string result = url;
  for (const auto& [mark, value] :
       {std::pair<std::string, std::string>{"{file}", encode(file)},
        {"{stem}", encode(fs::path(file).replace_extension().string())}}) {
    for (size_t at = result.find(mark); at != std::string::npos;
         at = result.find(mark, at + value.size())) {
      result.replace(at, mark.size(), value);
    }
  }
  return result;
}

bool LooksLikeHtml(std::string_view content) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  while (!content.empty() && std::isspace(static_cast<unsigned char>(content.front())) != 0)
    content.remove_prefix(1);
  std::string head(content.substr(0, 14));
  std::transform(
      head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
  return head.starts_with("<!doctype html") || head.starts_with("<html") ||
         head.starts_with("<head") || head.starts_with("<script");
}

}  // namespace chaosense
