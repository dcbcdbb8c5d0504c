#include "tests/unit/data/test_archive.h"

#include <archive.h>
#include <archive_entry.h>

namespace chaosense {

void WriteTestArchive(const std::filesystem::path& path,
                      const std::string& format,
                      const std::vector<std::pair<std::string, std::string>>& members,
                      const std::string& link) {
  struct archive* out = archive_write_new();
  if (format == "tgz") archive_write_add_filter_gzip(out);
  format == "zip" ? archive_write_set_format_zip(out)
                  : archive_write_set_format_pax_restricted(out);
  archive_write_open_filename(out, path.c_str());
  for (const auto& [name, content] : members) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(out, entry);
    archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
  }
  if (!link.empty()) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, link.c_str());
    archive_entry_set_filetype(entry, AE_IFLNK);
    archive_entry_set_symlink(entry, "/etc/passwd");
    archive_write_header(out, entry);
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
}

}  // namespace chaosense
