// The interface of every image cipher.
#ifndef CHAOSENSE_CORE_CIPHER_CIPHER_H_
#define CHAOSENSE_CORE_CIPHER_CIPHER_H_

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/registry.h"
#include "core/image/image.h"

namespace chaosense {

struct CipherTraits {
  bool plaintext_bound =
      false;  // meant to be used with the plaintext's SHA-256 as nonce ("one key per image")
  bool permutation_only = false;  // moves bytes, changes none
  bool authenticated = false;     // Decrypt rejects a changed ciphertext
  bool chaotic = false;
  bool uses_key = true;            // false: the key changes nothing
  bool uses_nonce = true;          // false: equal plaintexts give equal ciphertexts under one key
  bool broken_on_purpose = false;  // a control (core/cipher/planted.h)
};

struct Ciphertext {
  ImageU8 bytes;  // same shape as the plaintext
  Bytes tag;      // authenticated ciphers only
};

// Stateless and thread-safe. Encrypt then Decrypt is the identity for every byte image, 1 x 1 x 1
// included.
class Cipher {
 public:
  virtual ~Cipher() = default;
  virtual CipherTraits traits() const = 0;
  virtual size_t key_size() const { return 32; }  // bytes
  // What decides its ciphertexts besides its parameters and its registered revision: files that it
  // reads, a map's revision. Null: nothing. Part of a cell's identity.
  virtual Json Identity() const { return nullptr; }

  // `nonce`: 32 public bytes that travel with the ciphertext: the plaintext's SHA-256 for
  // plaintext-bound ciphers (live hash), or any fixed value (frozen hash). Throws Error(kConfig) if
  // the key has another size.
  virtual Ciphertext Encrypt(const ImageU8& plain,
                             std::span<const uint8_t> key,
                             const Digest& nonce) const = 0;
  // Throws Error(kConfig) if an authenticated cipher finds a wrong tag.
  virtual ImageU8 Decrypt(const Ciphertext& cipher,
                          std::span<const uint8_t> key,
                          const Digest& nonce) const = 0;
};

using CipherRegistry = Registry<Cipher>;

// paper, hardened, aes256_ctr, chacha20, identity, ...
void RegisterBuiltinCiphers(CipherRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_CIPHER_H_
