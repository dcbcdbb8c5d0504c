#include "core/data/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <memory>

#include "core/base/error.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

struct ArchiveCloser {
  void operator()(struct archive* a) const { archive_read_free(a); }
};
using ArchiveHandle = std::unique_ptr<struct archive, ArchiveCloser>;

Error Damaged(const std::filesystem::path& path, struct archive* handle) {
  const char* text = archive_error_string(handle);
  return DataError("{}: not an archive that can be read: {}",
                   path.string(),
                   text == nullptr ? "no reason given" : text);
}

// Reads the member in pieces: the size an archive states for it is not believed.
Bytes ReadMember(struct archive* handle,
                 const std::filesystem::path& path,
                 const std::string& member,
                 int64_t most_bytes) {
  Bytes content;
  std::array<uint8_t, 1 << 16> buffer;
  while (true) {
    const la_ssize_t count = archive_read_data(handle, buffer.data(), buffer.size());
    if (count < 0) throw Damaged(path, handle);
    if (count == 0) return content;
    content.insert(content.end(), buffer.begin(), buffer.begin() + count);
    if (static_cast<int64_t>(content.size()) > most_bytes) {
      throw DataError(
          "{}: the member {} has more than {} bytes", path.string(), member, most_bytes);
    }
  }
}

}  // namespace

void ReadArchive(const std::filesystem::path& path,
                 int64_t most_bytes,
                 const std::function<bool(const std::string&)>& wanted,
                 const std::function<void(const std::string&, Bytes)>& found) {
  if (!std::filesystem::exists(path)) throw DataError("{}: no such file", path.string());
  const ArchiveHandle handle(archive_read_new());
  CHAOSENSE_CHECK(handle != nullptr);
  archive_read_support_filter_all(handle.get());
  archive_read_support_format_tar(handle.get());
  archive_read_support_format_zip(handle.get());
  archive_read_support_format_7zip(handle.get());
  constexpr size_t kBlock = 1 << 16;
  if (archive_read_open_filename(handle.get(), path.c_str(), kBlock) != ARCHIVE_OK)
    throw Damaged(path, handle.get());
  struct archive_entry* entry = nullptr;
  while (true) {
    ThrowIfInterrupted();
    const int status = archive_read_next_header(handle.get(), &entry);
    if (status == ARCHIVE_EOF) return;
    if (status < ARCHIVE_WARN) throw Damaged(path, handle.get());
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG) continue;
    std::string member = name;
    while (member.starts_with("./")) member.erase(0, 2);
    if (wanted(member)) found(member, ReadMember(handle.get(), path, member, most_bytes));
  }
}

}  // namespace chaosense
