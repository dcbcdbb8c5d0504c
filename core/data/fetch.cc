#include "core/data/fetch.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/progress.h"
#include "core/base/signals.h"
#include "core/base/suggest.h"
#include "core/data/archive.h"
#include "core/image/image_io.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMostMemberBytes = int64_t{256} << 20;  // no picture of any set is near that
constexpr int kMostFailures = 3;  // of a source, before the next one is tried

// What the file is called where it is published.
const std::string& NameAtSource(const ManifestFile& file) {
  return file.original ? file.original->file : file.path;
}

std::string BaseName(const std::string& path) { return fs::path(path).filename().string(); }

bool IsRight(const ManifestFile& file, const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  if (!file.sha256.empty()) return ToHex(Sha256OfFile(path)) == file.sha256;
  try {
    return PixelsSha256(LoadImage(path)) == file.pixels_sha256;
  } catch (const Error&) {
    return false;
  }
}

// Writes `content` to `target` if it is the file, or what the file is made from. Otherwise says
// what is wrong.
std::optional<std::string> Place(const ManifestFile& file,
                                 const Bytes& content,
                                 const fs::path& target) {
  const std::string got = ToHex(Sha256Of(std::span<const uint8_t>(content)));
  if (!file.sha256.empty()) {
    if (got != file.sha256)
      return fmt::format("wrong SHA-256: expected {}, got {}", file.sha256, got);
    WriteFileAtomically(target, std::span<const uint8_t>(content));
    return std::nullopt;
  }
  const bool is_original = file.original && got == file.original->sha256;
  try {
    ImageU8 image = DecodeImage(content, ColorMode::kAsStored, file.path);
    if (is_original) image = Derive(image, file.original->rule);
    if (PixelsSha256(image) == file.pixels_sha256) {
      SaveImage(image, target);
      return std::nullopt;
    }
  } catch (const Error& error) {
    if (is_original) return error.what();
  }
  if (file.original && !is_original) {
    return fmt::format("wrong SHA-256: expected {}, got {}", file.original->sha256, got);
  }
  return fmt::format("the pixels' SHA-256 is not {}", file.pixels_sha256);
}

}  // namespace

struct Fetcher::Impl {
  using Missing = std::vector<const ManifestFile*>;

  Impl(fs::path dir, FetchOptions o)
      : data_dir(std::move(dir)),
        options(std::move(o)),
        downloader(options.download),
        cache(data_dir / ".downloads") {}
  ~Impl();

  void FromFiles(const Manifest& manifest, const ManifestSource& source);
  void FromArchive(const ManifestSource& source);
  void FromFolder(const ManifestSource& source);
  void FromOwn();  // options.from
  void FromMembers(const fs::path& archive,
                   const std::map<std::string, const ManifestFile*>& wanted,
                   bool by_base_name);

  // Offers content for a file; true if it was right and the file is there now.
  bool Offer(const ManifestFile& file, const Bytes& content, const std::string& from);
  // The archive's path in the cache, loading it if this object has not done so yet; empty on
  // failure.
  fs::path LoadArchive(const ManifestSource& source);

  fs::path data_dir;
  FetchOptions options;
  Downloader downloader;
  fs::path cache;
  std::map<std::string, fs::path> archives;  // by address

  // Of the set being fetched.
  fs::path folder;
  Missing missing;
  std::vector<std::string> reasons;
  std::unique_ptr<Progress> progress;
  size_t total = 0;
};

Fetcher::Impl::~Impl() {
  std::error_code error;
  for (const auto& [url, path] : archives) fs::remove(path, error);
  fs::remove(cache, error);  // only if empty: parts stay, to be resumed
}

bool Fetcher::Impl::Offer(const ManifestFile& file, const Bytes& content, const std::string& from) {
  if (const auto problem = Place(file, content, folder / file.path)) {
    reasons.push_back(from + ": " + *problem);
    return false;
  }
  std::erase(missing, &file);
  progress->Update(static_cast<int64_t>(total - missing.size()));
  return true;
}

void Fetcher::Impl::FromFiles(const Manifest& manifest, const ManifestSource& source) {
  int failures = 0;
  const Missing wanted = missing;
  for (const ManifestFile* file : wanted) {
    DownloadRequest request;
    request.url = ExpandUrl(source.url, NameAtSource(*file));
    request.target = cache / (manifest.name + "_" + BaseName(NameAtSource(*file)));
    request.sha256 = file->original ? file->original->sha256 : file->sha256;
    request.bytes = file->original ? file->original->bytes : file->bytes;
    request.most_bytes = kMostMemberBytes;
    const DownloadResult result = downloader.Fetch(request);
    bool placed = false;
    if (result.status == DownloadResult::Status::kDone) {
      placed = Offer(*file, ReadFile(request.target), request.url);
      std::error_code error;
      fs::remove(request.target, error);
    } else {
      reasons.push_back(result.reason);
    }
    // A dead host is not asked two hundred times.
    if (result.status == DownloadResult::Status::kHostFailed ||
        (!placed && ++failures == kMostFailures))
      return;
  }
}

fs::path Fetcher::Impl::LoadArchive(const ManifestSource& source) {
  if (const auto at = archives.find(source.url); at != archives.end()) return at->second;
  DownloadRequest request;
  request.url = source.url;
  request.target = cache / BaseName(source.url.substr(0, source.url.find('?')));
  request.sha256 = source.sha256;
  std::unique_ptr<Progress> loading;
  const auto report = [&](int64_t had, int64_t all) {
    constexpr int64_t kMebi = int64_t{1} << 20;
    if (all >= kMebi && !loading)
      loading = std::make_unique<Progress>("MiB of " + BaseName(source.url), all / kMebi);
    if (loading) loading->Update(had / kMebi);
  };
  const DownloadResult result = downloader.Fetch(request, report);
  if (result.status != DownloadResult::Status::kDone) {
    reasons.push_back(result.reason);
    return {};
  }
  archives[source.url] = request.target;
  return request.target;
}

void Fetcher::Impl::FromMembers(const fs::path& archive,
                                const std::map<std::string, const ManifestFile*>& wanted,
                                bool by_base_name) {
  const auto key = [&](const std::string& member) {
    return by_base_name ? BaseName(member) : member;
  };
  try {
    ReadArchive(
        archive,
        kMostMemberBytes,
        [&](const std::string& member) {
          const auto at = wanted.find(key(member));
          return at != wanted.end() &&
                 std::find(missing.begin(), missing.end(), at->second) != missing.end();
        },
        [&](const std::string& member, const Bytes& content) {
          Offer(*wanted.at(key(member)), content, archive.string() + ": " + member);
        });
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kData) throw;
    reasons.emplace_back(error.what());
  }
}

void Fetcher::Impl::FromArchive(const ManifestSource& source) {
  const fs::path archive = LoadArchive(source);
  if (archive.empty()) return;
  std::map<std::string, const ManifestFile*> wanted;
  for (const ManifestFile* file : missing) {
    // Members are named as they are, so nothing is percent-encoded.
    std::string member = source.path;
    if (const size_t at = member.find("{file}"); at != std::string::npos) {
      member.replace(at, 6, NameAtSource(*file));
    }
    wanted[member] = file;
  }
  const size_t before = missing.size();
  FromMembers(archive, wanted, false);
  if (missing.size() == before) reasons.push_back(source.url + ": has none of the files");
}

void Fetcher::Impl::FromFolder(const ManifestSource& source) {
  const Missing wanted = missing;
  for (const ManifestFile* file : wanted) {
    std::string relative = source.path;
    if (const size_t at = relative.find("{file}"); at != std::string::npos) {
      relative.replace(at, 6, NameAtSource(*file));
    }
    std::error_code error;
    const fs::path path = data_dir / relative;
    if (fs::is_regular_file(path, error)) Offer(*file, ReadFile(path), path.string());
  }
}

void Fetcher::Impl::FromOwn() {
  std::error_code error;
  if (fs::is_regular_file(options.from, error)) {
    std::map<std::string, const ManifestFile*> wanted;
    for (const ManifestFile* file : missing) wanted[BaseName(NameAtSource(*file))] = file;
    FromMembers(options.from, wanted, true);
    return;
  }
  if (!fs::is_directory(options.from, error)) {
    throw ConfigError("{}: no such folder or archive to take files from", options.from.string());
  }
  std::multimap<std::string, fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(options.from, error)) {
    if (entry.is_regular_file(error)) found.emplace(entry.path().filename().string(), entry.path());
  }
  const Missing wanted = missing;
  for (const ManifestFile* file : wanted) {
    for (const std::string& name : {BaseName(NameAtSource(*file)), BaseName(file->path)}) {
      const auto [first, last] = found.equal_range(name);
      for (auto at = first; at != last; ++at) {
        ThrowIfInterrupted();
        if (Offer(*file, ReadFile(at->second), at->second.string())) break;
      }
      if (std::find(missing.begin(), missing.end(), file) == missing.end()) break;
    }
  }
}

Fetcher::Fetcher(fs::path data_dir, FetchOptions options)
    : impl_(std::make_unique<Impl>(std::move(data_dir), std::move(options))) {}
Fetcher::~Fetcher() = default;

FetchReport Fetcher::Fetch(const Manifest& manifest) {
  Impl& impl = *impl_;
  FetchReport report;
  if (manifest.generator) {
    report.present = static_cast<int>(manifest.files.size());
    return report;
  }
  EnsureWritableFolder(impl.data_dir);
  impl.folder = impl.data_dir / manifest.folder;
  impl.missing.clear();
  impl.reasons.clear();
  for (const ManifestFile& file : manifest.files) {
    ThrowIfInterrupted();
    if (!IsRight(file, impl.folder / file.path)) impl.missing.push_back(&file);
  }
  const size_t wanted = impl.missing.size();
  report.present = static_cast<int>(manifest.files.size() - wanted);
  if (wanted == 0) return report;
  impl.total = manifest.files.size();
  impl.progress = std::make_unique<Progress>(manifest.name, static_cast<int64_t>(impl.total));
  if (!impl.options.from.empty()) impl.FromOwn();
  for (const ManifestSource& source : manifest.sources) {
    if (impl.missing.empty()) break;
    switch (source.kind) {
      case ManifestSource::Kind::kFiles:
        impl.FromFiles(manifest, source);
        break;
      case ManifestSource::Kind::kArchive:
        impl.FromArchive(source);
        break;
      case ManifestSource::Kind::kFolder:
        impl.FromFolder(source);
        break;
    }
  }
  impl.progress.reset();
  report.fetched = static_cast<int>(wanted - impl.missing.size());
  if (!impl.missing.empty()) {
    std::vector<std::string> names;
    for (const ManifestFile* file : impl.missing) names.push_back(NameAtSource(*file));
    constexpr size_t kShown = 3;
    const std::string more = names.size() > kShown ? ", ..." : "";
    names.resize(std::min(names.size(), kShown));
    std::string why = impl.reasons.empty() ? "the manifest names no source" : "";
    for (size_t i = 0; i < std::min(impl.reasons.size(), 2 * kShown); ++i) {
      why += (i > 0 ? "; " : "") + impl.reasons[i];
    }
    throw DataError(
        "{}: {} of {} files could not be had ({}{}): {}; if an address is dead, get the files "
        "elsewhere "
        "and give their folder or archive: `chaosense data fetch {} --from PATH`",
        manifest.name,
        impl.missing.size(),
        manifest.files.size(),
        JoinNames(names),
        more,
        why,
        manifest.name);
  }
  return report;
}

}  // namespace chaosense
