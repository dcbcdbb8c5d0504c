// SHA-256 (OpenSSL) of bytes, text and files, and hexadecimal text.
#ifndef CHAOSENSE_CORE_BASE_HASH_H_
#define CHAOSENSE_CORE_BASE_HASH_H_

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/file.h"

namespace chaosense {

using Digest = std::array<uint8_t, 32>;

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  Sha256& Update(std::span<const uint8_t> bytes);
  Sha256& Update(std::string_view text);
  Digest Finish();  // the object is spent afterwards

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Digest Sha256Of(std::span<const uint8_t> bytes);
Digest Sha256Of(std::string_view text);
Digest Sha256OfFile(const std::filesystem::path& path);  // streams; throws as ReadFile does

std::string ToHex(std::span<const uint8_t> bytes);  // lower case
Bytes FromHex(std::string_view hex);  // throws Error(kConfig) on odd length or another character

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_HASH_H_
