// Key files: 32 bytes, raw or as 64 hexadecimal digits; and random nonces.
#ifndef CHAOSENSE_CORE_CIPHER_KEY_FILE_H_
#define CHAOSENSE_CORE_CIPHER_KEY_FILE_H_

#include <filesystem>

#include "core/base/file.h"
#include "core/base/hash.h"

namespace chaosense {

inline constexpr size_t kKeySize = 32;

// 32 raw bytes, or 64 hexadecimal digits with an optional line end. Throws Error(kData) if the file
// is missing, Error(kConfig) "k: key has 20 bytes, expected 32 bytes or 64 hexadecimal digits".
Bytes ReadKeyFile(const std::filesystem::path& path);

// Makes a new random key (OpenSSL) as 64 hexadecimal digits, readable by the owner alone (0600).
// Throws Error(kConfig) if the file exists: a key is never overwritten.
Bytes CreateKeyFile(const std::filesystem::path& path);

// A file of CreateKeyFile that is removed again unless Keep() is called: a key with which nothing
// was encrypted would only stand in the way of the next attempt.
class NewKeyFile {
 public:
  explicit NewKeyFile(std::filesystem::path path);
  ~NewKeyFile();
  NewKeyFile(const NewKeyFile&) = delete;
  NewKeyFile& operator=(const NewKeyFile&) = delete;

  const Bytes& key() const { return key_; }
  void Keep() { keep_ = true; }

 private:
  std::filesystem::path path_;
  Bytes key_;
  bool keep_ = false;
};

// 32 random bytes (OpenSSL): the nonce of ciphers that are not bound to the plaintext.
Digest RandomNonce();

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_KEY_FILE_H_
