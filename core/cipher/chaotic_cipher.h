// The chaotic ciphers: a keystream (the compound system's, or any), sliding scrambling and a
// diffusion, each of which can be left out. The keystream is used in this order: slide steps of
// each round, the substitution (if any), then the diffusion's bytes pass by pass.
#ifndef CHAOSENSE_CORE_CIPHER_CHAOTIC_CIPHER_H_
#define CHAOSENSE_CORE_CIPHER_CHAOTIC_CIPHER_H_

#include <functional>
#include <memory>

#include "core/chaos/keystream.h"
#include "core/cipher/cipher.h"

namespace chaosense {

enum class Diffusion { kNone, kVector, kLinearChain, kSubstitutionChain };

struct ChaoticCipherOptions {
  int rounds = 2;  // of scrambling; 0: none
  Diffusion diffusion = Diffusion::kVector;
  int passes = 1;  // of a chain
};

// The keystream of one image.
using KeystreamMaker =
    std::function<std::unique_ptr<Keystream>(std::span<const uint8_t> key, const Digest& nonce)>;

class ChaoticCipher final : public Cipher {
 public:
  // On the compound system (core/chaos/cloud.h).
  explicit ChaoticCipher(ChaoticCipherOptions options);
  ChaoticCipher(ChaoticCipherOptions options, KeystreamMaker keystream);
  CipherTraits traits() const override;
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override;
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override;

 private:
  ChaoticCipherOptions options_;
  KeystreamMaker keystream_;
};

// paper, hardened, scramble_only, diffuse_only.
void RegisterChaoticCiphers(CipherRegistry& registry);

// Throws Error(kConfig) "key has 20 bytes, expected 32" unless `key` has `size` bytes.
void RequireKeySize(std::span<const uint8_t> key, size_t size);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CIPHER_CHAOTIC_CIPHER_H_
