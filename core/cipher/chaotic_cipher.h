// The chaotic ciphers: a compound-system keystream, sliding scrambling and a diffusion, each of
// which can be left out. The keystream is used in this order: slide steps of each round, the
// substitution (if any), then the diffusion's bytes pass by pass.
#ifndef CHAOSENSE_CORE_CIPHER_CHAOTIC_CIPHER_H_
#define CHAOSENSE_CORE_CIPHER_CHAOTIC_CIPHER_H_

#include "core/cipher/cipher.h"

namespace chaosense {

enum class Diffusion { kNone, kVector, kLinearChain, kSubstitutionChain };

struct ChaoticCipherOptions {
  int rounds = 2;  // of scrambling; 0: none
  Diffusion diffusion = Diffusion::kVector;
  int passes = 1;  // of a chain
};

class ChaoticCipher final : public Cipher {
 public:
  explicit ChaoticCipher(ChaoticCipherOptions options) : options_(options) {}
  CipherTraits traits() const override;
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override;
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override;

 private:
  ChaoticCipherOptions options_;
};

// paper, hardened, scramble_only, diffuse_only.
void RegisterChaoticCiphers(CipherRegistry& registry);

// Throws Error(kConfig) "key has 20 bytes, expected 32" unless `key` has `size` bytes.
void RequireKeySize(std::span<const uint8_t> key, size_t size);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_CHAOTIC_CIPHER_H_
