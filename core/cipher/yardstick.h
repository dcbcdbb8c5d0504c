// Standard ciphers to compare with, from OpenSSL: AES-256-CTR, ChaCha20, and the authenticated
// AES-256-GCM and ChaCha20-Poly1305.
#ifndef CHAOSENSE_CORE_CIPHER_YARDSTICK_H_
#define CHAOSENSE_CORE_CIPHER_YARDSTICK_H_

#include <optional>
#include <span>

#include "core/base/file.h"
#include "core/cipher/cipher.h"

namespace chaosense {

enum class Yardstick { kAes256Ctr, kChaCha20, kAes256Gcm, kChaCha20Poly1305 };

// iv bytes: CTR 16 (the first counter block), ChaCha20 16 (32-bit little-endian block counter,
// 96-bit nonce), AEAD 12.
size_t IvSize(Yardstick algorithm);

// Encrypts and decrypts alike (CTR, ChaCha20 only). key: 32 bytes.
Bytes ApplyStreamCipher(Yardstick algorithm,
                        std::span<const uint8_t> key,
                        std::span<const uint8_t> iv,
                        std::span<const uint8_t> input);

inline constexpr size_t kAeadTagSize = 16;

struct Sealed {
  Bytes ciphertext;
  Bytes tag;  // kAeadTagSize
};
Sealed Seal(Yardstick algorithm,
            std::span<const uint8_t> key,
            std::span<const uint8_t> iv,
            std::span<const uint8_t> associated,
            std::span<const uint8_t> plain);
// Nothing if the tag is wrong.
std::optional<Bytes> Unseal(Yardstick algorithm,
                            std::span<const uint8_t> key,
                            std::span<const uint8_t> iv,
                            std::span<const uint8_t> associated,
                            std::span<const uint8_t> ciphertext,
                            std::span<const uint8_t> tag);

// What the authenticated ciphers bind an image's shape with: three big-endian 32-bit integers.
Bytes ShapeBytes(Shape shape);

// aes256_ctr, chacha20, aes256_gcm, chacha20_poly1305. The iv is the beginning of SHA-256("<name>
// iv" nonce); AEADs bind the image's shape as associated data.
void RegisterYardsticks(CipherRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_YARDSTICK_H_
