#include "core/cipher/chaotic_cipher.h"
#include "core/cipher/cipher.h"
#include "core/cipher/hua2015.h"
#include "core/cipher/map_cipher.h"
#include "core/cipher/planted.h"
#include "core/cipher/siv.h"
#include "core/cipher/yardstick.h"

namespace chaosense {
namespace {

// Leaves the bytes alone: for testing the harness (NPCR = 1 changed byte, quality as without a
// cipher).
class IdentityCipher final : public Cipher {
 public:
  CipherTraits traits() const override {
    CipherTraits traits;
    traits.permutation_only = true;
    traits.uses_key = traits.uses_nonce = false;
    return traits;
  }
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest&) const override {
    RequireKeySize(key, key_size());
    return {plain, {}};
  }
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest&) const override {
    RequireKeySize(key, key_size());
    return cipher.bytes;
  }
};

}  // namespace

void RegisterBuiltinCiphers(CipherRegistry& registry) {
  RegisterChaoticCiphers(registry);
  RegisterYardsticks(registry);
  RegisterSiv(registry);
  RegisterHua2015(registry);
  RegisterPlantedCiphers(registry);
  RegisterMapCipher(registry);
  PluginInfo identity;
  identity.name = "identity";
  identity.summary = "no cipher: the bytes stay as they are";
  identity.description =
      "For measuring everything else without a cipher, and for testing the harness.";
  registry.Register(identity, [](const Json&) { return std::make_unique<IdentityCipher>(); });
}

}  // namespace chaosense
