#include "core/base/file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_error.h"
#include "core/base/line_appender.h"

namespace chaosense {
namespace fs = std::filesystem;

Bytes ReadFile(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) throw DataError("{}: no such file", path.string());
  if (fs::is_directory(status))
    throw ConfigError("{}: is a folder, expected a file", path.string());
  if (fs::is_character_file(status))  // may have no end
    throw ConfigError("{}: is a device, expected a file", path.string());
  std::ifstream in(path, std::ios::binary);
  if (!in) throw ConfigError("{}: cannot read: {}", path.string(), std::strerror(errno));
  Bytes content;
  // Not its size: files of /proc say 0, and a file may grow.
  for (constexpr size_t kBlock = size_t{1} << 18; in;) {
    const size_t size = content.size();
    content.resize(size + kBlock);
    in.read(reinterpret_cast<char*>(content.data() + size), kBlock);
    content.resize(size + static_cast<size_t>(in.gcount()));
  }
  if (in.bad()) throw ConfigError("{}: cannot read: {}", path.string(), std::strerror(errno));
  return content;
}

std::string ReadTextFile(const fs::path& path) {
  const Bytes content = ReadFile(path);
  return {content.begin(), content.end()};
}

void WriteFileAtomically(const fs::path& path, std::span<const uint8_t> content) {
  AtomicFile file(path, AtomicFile::Existing::kReplace);
  file.Write(content);
  file.Commit();
}

void WriteFileAtomically(const fs::path& path, std::string_view content) {
  WriteFileAtomically(path,
                      std::span(reinterpret_cast<const uint8_t*>(content.data()), content.size()));
}

void AppendLineDurably(const fs::path& path, std::string_view line) {
  LineAppender out(path);
  out.Append(line);
  out.Sync();
}

void RequireOtherFile(const fs::path& output, const fs::path& other, const char* what) {
  std::error_code error;
  const bool same =
      fs::equivalent(output, other, error) ||
      fs::absolute(output).lexically_normal() == fs::absolute(other).lexically_normal();
  if (same) throw ConfigError("{}: is the {} itself, expected another file", output.string(), what);
}

void EnsureWritableFolder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw FileError(path, "cannot create the output folder", error.value());
  if (::access(path.c_str(), W_OK | X_OK) != 0)
    throw FileError(path, "cannot write into the output folder", errno);
}

}  // namespace chaosense
