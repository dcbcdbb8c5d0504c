// Encrypted files of any kind and size (.chsf), in chunks, authenticated. (Pictures that are
// compressed by sensing first have their own container, container.h.)
//
//   offset  size  content (integers of the prefix little-endian)
//   0       4     "CHSF"
//   4       2     version, 1
//   6       2     0
//   8       4     header length h, at most 4096
//   12      h     header: canonical JSON
//                   "cipher"  "aes256_gcm" or "chacha20_poly1305"
//                   "chunk"   plaintext bytes of a chunk, 1 to 2^24
//                   "salt"    32 random bytes, hexadecimal
//                   "kdf"     {"name": "key"}, the 32 bytes of a key file, or {"name": "scrypt",
//                             "n", "r", "p", "salt"}, 32 bytes from a passphrase
//   12+h    32    HMAC-SHA-256 over everything before it, so that a wrong key shows at once
//   44+h    ...   chunks, each its ciphertext and a tag of 16 bytes. All but the last hold "chunk"
//                 bytes; the last 1 to "chunk" bytes, or none if the whole file is empty.
//
// Keys: HKDF-SHA256(32-byte key, salt = "salt") with label "chaosense file 1 mac" for the header
// and "chaosense file 1 <cipher>" for 32 bytes of cipher key and 7 bytes of nonce prefix.
// Nonce of chunk i (from 0): prefix, i as 4 bytes big-endian, then 1 for the last chunk, else 0:
// the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar, CRYPTO 2015, 2015/189). Associated
// data: the header's HMAC. Changed, swapped, repeated, dropped or appended bytes are found; nothing
// of a file is kept unless all of it is good. At most 2^32 chunks.
//
// Not hidden: the file's size, name and times. Not bound: its name.
#ifndef CHAOSENSE_CORE_CIPHER_FILE_CONTAINER_H_
#define CHAOSENSE_CORE_CIPHER_FILE_CONTAINER_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/base/atomic_file.h"
#include "core/base/file.h"
#include "core/cipher/passphrase.h"

namespace chaosense {

inline constexpr uint64_t kFileChunk = uint64_t{1} << 18;

// What opens files: a key, or a passphrase. Keeps the keys it made of a passphrase, since every
// one takes time. Not thread-safe.
class FileSecret {
 public:
  static FileSecret FromKey(Bytes key);  // 32 bytes
  static FileSecret FromPassphrase(std::string passphrase);

  bool is_passphrase() const { return passphrase_.has_value(); }
  // The parameters for files that this secret encrypts; of a passphrase, random ones, once.
  const ScryptParameters& parameters();
  Bytes KeyFor(const ScryptParameters& parameters);  // of a passphrase
  const Bytes& key() const { return key_; }          // of a key

 private:
  std::optional<std::string> passphrase_;
  std::optional<ScryptParameters> own_;
  std::optional<ScryptParameters> cached_;  // whose key is key_
  Bytes key_;
};

struct FileCipherOptions {
  std::string cipher = "aes256_gcm";  // or "chacha20_poly1305"
  uint64_t chunk = kFileChunk;
  AtomicFile::Existing existing = AtomicFile::Existing::kRefuse;
  // Called with the bytes of the input that are done.
  std::function<void(uint64_t)> progress = [](uint64_t) {};
};

// Whether the file begins like such a container. False for what cannot be read.
bool IsFileContainer(const std::filesystem::path& path);

// Both write `output` whole or not at all, look at the interrupt flag after every chunk
// (Error(kInterrupted)) and return the plaintext's size. Throw Error(kData) if `input` is missing,
// Error(kConfig) for all else.
uint64_t EncryptFile(const std::filesystem::path& input,
                     const std::filesystem::path& output,
                     FileSecret& secret,
                     const FileCipherOptions& options);

// Errors, one line: not a container, another version, "wrong key or damaged header", needs a
// passphrase (a key file), "damaged: chunk 3 ...", truncated.
uint64_t DecryptFile(const std::filesystem::path& input,
                     const std::filesystem::path& output,
                     FileSecret& secret,
                     const FileCipherOptions& options);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_FILE_CONTAINER_H_
