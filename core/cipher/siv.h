// AES-SIV (RFC 5297): deterministic authenticated encryption. Equal plaintexts under equal
// associated data give equal ciphertexts, and that is all that is given away: what a cipher without
// a nonce can hope for.
#ifndef CHAOSENSE_CORE_CIPHER_SIV_H_
#define CHAOSENSE_CORE_CIPHER_SIV_H_

#include <optional>
#include <span>

#include "core/cipher/cipher.h"
#include "core/cipher/yardstick.h"

namespace chaosense {

// `key`: 32, 48 or 64 bytes, the two halves for AES-128, AES-192 or AES-256. The tag is the
// synthetic iv, 16 bytes. `plain` holds 1 to 2^31 - 1 bytes.
Sealed SealSiv(std::span<const uint8_t> key,
               std::span<const uint8_t> associated,
               std::span<const uint8_t> plain);
// Nothing if the tag is wrong.
std::optional<Bytes> UnsealSiv(std::span<const uint8_t> key,
                               std::span<const uint8_t> associated,
                               std::span<const uint8_t> ciphertext,
                               std::span<const uint8_t> tag);

// aes256_siv: 64 bytes of key by HKDF from the 32; the image's shape is associated data. The nonce
// is not used. (AES-256-GCM-SIV needs OpenSSL 3.2; Debian 12 has 3.0, so it is not offered.)
void RegisterSiv(CipherRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_SIV_H_
