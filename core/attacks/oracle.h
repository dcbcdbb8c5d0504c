// What an attacker may ask of a cipher under a secret key, with every question counted.
//
// Two modes. kFrozen: one nonce for everything, as where a key schedule ignores the plaintext or a
// session reuses its nonce. kLive: the cipher as it is meant to be used: plaintext-bound ciphers
// get the plaintext's SHA-256 as nonce, all others a fresh one for each encryption.
//
// In both modes the nonce is public (it travels with the ciphertext) and a decryption may name any
// nonce, that of the target included: nothing in the cipher itself ties a nonce to a ciphertext.
// The container (core/cipher/container.h) does, by its HMAC; an audit looks at the cipher without
// it.
#ifndef CHAOSENSE_CORE_ATTACKS_ORACLE_H_
#define CHAOSENSE_CORE_ATTACKS_ORACLE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/base/random.h"
#include "core/cipher/cipher.h"

namespace chaosense {

enum class NonceMode { kFrozen, kLive };

std::string NonceModeName(NonceMode mode);  // "frozen", "live"

// SHA-256 over shape and bytes: the nonce of a plaintext-bound cipher.
Digest PlaintextHash(const ImageU8& plain);

class Oracle {
 public:
  struct Answer {
    Ciphertext cipher;
    Digest nonce;
  };

  // `name` makes the frozen nonce and the fresh ones. The cipher must outlive the oracle.
  Oracle(const Cipher& cipher, Bytes key, NonceMode mode, std::string name);

  Answer Encrypt(const ImageU8& plain);
  // Nothing if the cipher rejects the ciphertext.
  std::optional<ImageU8> Decrypt(const Ciphertext& cipher, const Digest& nonce);

  int64_t encryptions() const { return encryptions_; }
  int64_t decryptions() const { return decryptions_; }
  int64_t queries() const { return encryptions_ + decryptions_; }

 private:
  const Cipher& cipher_;
  Bytes key_;
  NonceMode mode_;
  std::string name_;
  int64_t encryptions_ = 0;
  int64_t decryptions_ = 0;
};

// A map from byte images to byte images that an attacker can evaluate: encryption, or decryption
// under a nonce of his choice. Nothing if the question was rejected.
using ImageMap = std::function<std::optional<ImageU8>(const ImageU8&)>;

ImageMap EncryptionMap(Oracle& oracle);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_ORACLE_H_
