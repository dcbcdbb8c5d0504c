// "sha256_pad": the bytes xor SHA-256(key, nonce, 0), SHA-256(key, nonce, 1), ...
#include "core/cipher/chaotic_cipher.h"

namespace chaosense {
namespace {

class Sha256Pad final : public Cipher {
 public:
  CipherTraits traits() const override { return {}; }

  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override {
    RequireKeySize(key, key_size());
    Ciphertext cipher{plain, {}};
    Digest pad{};
    for (size_t i = 0; i < plain.data.size(); ++i) {
      const std::string block = std::to_string(i / pad.size());
      if (i % pad.size() == 0) pad = Sha256().Update(key).Update(nonce).Update(block).Finish();
      cipher.bytes.data[i] ^= pad[i % pad.size()];
    }
    return cipher;
  }
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override {
    return Encrypt(cipher.bytes, key, nonce).bytes;
  }
};

}  // namespace

void RegisterSha256Pad(CipherRegistry& registry) {
  PluginInfo info;
  info.name = "sha256_pad";
  info.summary = "SHA-256 in counter mode";
  registry.Register(info, [](const Json&) { return std::make_unique<Sha256Pad>(); });
}

}  // namespace chaosense
