#include "core/cipher/key_file.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr char kExpected[] = "expected 32 bytes or 64 hexadecimal digits";

bool IsHex(const std::string& text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

void FillRandomly(std::span<uint8_t> bytes) {
  CHAOSENSE_CHECK(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1,
                  "the system gave no random bytes");
}

}  // namespace

Bytes ReadKeyFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path))
    throw DataError("{}: no such key file, or not readable", path.string());
  // A little more than any key: a device or a huge file is not read to its end.
  constexpr std::streamsize kMost = 4096;
  std::string text(kMost, '\0');
  in.read(text.data(), kMost);
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() == kKeySize) return Bytes(text.begin(), text.end());
  std::string digits = text;
  if (digits.ends_with('\n')) digits.pop_back();
  if (digits.ends_with('\r')) digits.pop_back();
  if (digits.size() == 2 * kKeySize && IsHex(digits)) return FromHex(digits);
  if (digits.size() == 2 * kKeySize) {
    throw ConfigError(
        "{}: key has 64 bytes that are not all hexadecimal digits, {}", path.string(), kExpected);
  }
  throw ConfigError("{}: key has {}{} bytes, {}",
                    path.string(),
                    text.size(),
                    text.size() == kMost ? " or more" : "",
                    kExpected);
}

Digest RandomNonce() {
  Digest nonce{};
  FillRandomly(nonce);
  return nonce;
}

Bytes CreateKeyFile(const std::filesystem::path& path) {
  Bytes key(kKeySize);
  FillRandomly(key);
  const std::string text = ToHex(key) + "\n";
  const int file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0 && errno == EEXIST) {
    throw ConfigError("{}: exists already; a key is never overwritten", path.string());
  }
  if (file < 0) throw ConfigError("{}: cannot be created: {}", path.string(), std::strerror(errno));
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       fsync(file) == 0;
  const int reason = errno;
  close(file);
  if (!written) {
    unlink(path.c_str());
    throw ConfigError("{}: cannot be written: {}", path.string(), std::strerror(reason));
  }
  return key;
}

NewKeyFile::NewKeyFile(std::filesystem::path path)
    : path_(std::move(path)), key_(CreateKeyFile(path_)) {}

NewKeyFile::~NewKeyFile() {
  if (!keep_) unlink(path_.c_str());
}

}  // namespace chaosense
