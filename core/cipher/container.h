// The ciphertext file of a compressed picture (.chs; any other file: file_container.h): everything needed to turn encrypted measurements back into a picture,
// authenticated.
//
//   offset  size  content (integers little-endian)
//   0       4     "CHSN"
//   4       2     version, 1
//   6       2     0
//   8       4     header length h, at most 65536
//   12      h     header: canonical JSON (names, parameters, shapes, model checksum, nonce, ...)
//   12+h    8     payload length p
//   20+h    p     ciphertext bytes, channel-major
//   20+h+p  32    HMAC-SHA-256 over everything before it
//
// Encrypt-then-MAC; the HMAC key and the cipher key come from the user's key by HKDF-SHA256 with
// different labels.
#ifndef CHAOSENSE_CORE_CIPHER_CONTAINER_H_
#define CHAOSENSE_CORE_CIPHER_CONTAINER_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/image/blocks.h"
#include "core/image/image.h"

namespace chaosense {

struct Container {
  std::string cipher;  // registry name
  Json cipher_parameters = Json::object();
  int cipher_revision = 1;
  std::string method;
  Json method_parameters = Json::object();
  std::vector<std::string>
      fit_datasets;            // the sets the method was fitted on; none: its committed model
  std::string model_checksum;  // SHA-256 (hex) of the canonical JSON of Reconstructor::Identity
  std::string chaos_abi;       // kChaosAbi of the writer
  double rate = 0;             // exact, for people
  Shape image;                 // of the picture
  BlockGrid grid;              // of the measurements; always the grid of `image` in 33 x 33 blocks
  Shape block;                 // measurements of one block
  Digest nonce{};              // as given to Cipher::Encrypt
  Bytes tag;                   // of authenticated ciphers
  Bytes payload;               // grid.count() * block.size() bytes

  // The payload's shape as the cipher sees it: the blocks side by side.
  Shape payload_shape() const {
    return {block.channels, grid.rows * block.height, grid.columns * block.width};
  }
  bool operator==(const Container&) const = default;
};

// Pictures up to 2^28 values; a header that claims more is refused before anything is allocated.
inline constexpr size_t kMaxContainerImage = size_t{1} << 28;

enum class Authentication {
  kRequired,
  kSkipped  // for robustness experiments: lengths and header are still checked, the tag is not
};

// `key`: the user's 32 bytes.
Bytes WriteContainer(const Container& container, std::span<const uint8_t> key);

// `name` begins every message, e.g. the file's name. Throws Error(kConfig), one line: not a
// container, another version, truncated, "damaged or wrong key: authentication failed", or a header
// field that cannot be.
Container ReadContainer(std::span<const uint8_t> bytes,
                        std::span<const uint8_t> key,
                        Authentication authentication,
                        const std::string& name);

// The key that the cipher is given.
Bytes ContainerCipherKey(std::span<const uint8_t> key);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_CONTAINER_H_
