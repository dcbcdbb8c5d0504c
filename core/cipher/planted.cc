#include "core/cipher/planted.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/hkdf.h"
#include "core/base/mod256.h"
#include "core/cipher/chaotic_cipher.h"
#include "core/cipher/yardstick.h"

namespace chaosense {
namespace {

// AES-256-CTR keystream; `salt` tells pads of one key apart.
Bytes Pad(std::span<const uint8_t> key,
          std::span<const uint8_t> salt,
          std::string_view label,
          size_t size) {
  const Bytes secret = HkdfSha256(key, salt, label, 32);
  return ApplyStreamCipher(Yardstick::kAes256Ctr, secret, Bytes(16), Bytes(size));
}

// What the planted ciphers share: the key's size is checked, the bytes are worked on in place.
class PlantedCipher : public Cipher {
 public:
  CipherTraits traits() const override {
    CipherTraits traits;
    traits.broken_on_purpose = true;
    return traits;
  }
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const final {
    RequireKeySize(key, key_size());
    CHAOSENSE_CHECK(plain.data.size() == plain.shape.size());
    ImageU8 image = plain;
    Forward(image.data, key, nonce);
    return {std::move(image), {}};
  }
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const final {
    RequireKeySize(key, key_size());
    CHAOSENSE_CHECK(cipher.bytes.data.size() == cipher.bytes.shape.size());
    ImageU8 image = cipher.bytes;
    Backward(image.data, key, nonce);
    return image;
  }

 protected:
  virtual void Forward(Bytes& data, std::span<const uint8_t> key, const Digest& nonce) const = 0;
  virtual void Backward(Bytes& data, std::span<const uint8_t> key, const Digest& nonce) const = 0;
};

class XorPad final : public PlantedCipher {
 public:
  CipherTraits traits() const override {
    CipherTraits traits = PlantedCipher::traits();
    traits.uses_nonce = false;
    return traits;
  }

 private:
  void Forward(Bytes& data, std::span<const uint8_t> key, const Digest&) const override {
    const Bytes pad = Pad(key, {}, "chaosense broken_xor_pad 1", data.size());
    for (size_t i = 0; i < data.size(); ++i) data[i] ^= pad[i];
  }
  void Backward(Bytes& data, std::span<const uint8_t> key, const Digest& nonce) const override {
    Forward(data, key, nonce);
  }
};

class HashOnly final : public PlantedCipher {
 public:
  CipherTraits traits() const override {
    CipherTraits traits = PlantedCipher::traits();
    traits.plaintext_bound = true;
    return traits;
  }

 private:
  void Forward(Bytes& data, std::span<const uint8_t> key, const Digest& nonce) const override {
    uint8_t folded = 0;
    for (const uint8_t byte : nonce) folded ^= byte;
    const Bytes pad = Pad(key, {&folded, 1}, "chaosense broken_hash_only 1", data.size());
    for (size_t i = 0; i < data.size(); ++i) data[i] ^= pad[i];
  }
  void Backward(Bytes& data, std::span<const uint8_t> key, const Digest& nonce) const override {
    Forward(data, key, nonce);
  }
};

class AesEcb final : public PlantedCipher {
 public:
  CipherTraits traits() const override {
    CipherTraits traits = PlantedCipher::traits();
    traits.uses_nonce = false;
    return traits;
  }

 private:
  static constexpr size_t kBlock = 16;

  // Whole blocks, in place.
  static void Blocks(std::span<uint8_t> data, std::span<const uint8_t> key, bool encrypt) {
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    CHAOSENSE_CHECK(context != nullptr && data.size() % kBlock == 0 && data.size() < 0x7fffffff);
    CHAOSENSE_CHECK(
        EVP_CipherInit_ex(
            context.get(), EVP_aes_256_ecb(), nullptr, key.data(), nullptr, encrypt ? 1 : 0) == 1);
    EVP_CIPHER_CTX_set_padding(context.get(), 0);
    int written = 0;
    CHAOSENSE_CHECK(
        EVP_CipherUpdate(
            context.get(), data.data(), &written, data.data(), static_cast<int>(data.size())) ==
            1 &&
        static_cast<size_t>(written) == data.size());
  }

  static void Steal(Bytes& data, std::span<const uint8_t> key, bool encrypt) {
    const size_t whole = data.size() / kBlock * kBlock;
    const size_t rest = data.size() - whole;
    const std::span<uint8_t> all(data);
    if (whole == 0) {
      std::array<uint8_t, kBlock> zero{};
      Blocks(zero, key, true);
      for (size_t i = 0; i < rest; ++i) data[i] ^= zero[i];
      return;
    }
    if (encrypt) Blocks(all.first(whole), key, true);
    // The end and the last block's first bytes change places; the block is worked on again.
    if (rest > 0) {
      const auto last = all.subspan(whole - kBlock, kBlock);
      if (!encrypt) Blocks(last, key, false);
      std::swap_ranges(last.begin(),
                       last.begin() + static_cast<std::ptrdiff_t>(rest),
                       all.begin() + static_cast<std::ptrdiff_t>(whole));
      if (encrypt) Blocks(last, key, true);
    }
    if (!encrypt) Blocks(all.first(whole), key, false);
  }

  void Forward(Bytes& data, std::span<const uint8_t> key, const Digest&) const override {
    Steal(data, key, true);
  }
  void Backward(Bytes& data, std::span<const uint8_t> key, const Digest&) const override {
    Steal(data, key, false);
  }
};

class LcgChain final : public PlantedCipher {
 public:
  CipherTraits traits() const override {
    CipherTraits traits = PlantedCipher::traits();
    traits.uses_key = traits.uses_nonce = false;
    return traits;
  }

 private:
  class Lcg {
   public:
    uint8_t Next() {
      state_ = state_ * 1664525U + 1013904223U;
      return static_cast<uint8_t>(state_ >> 24);
    }
    void Take(uint8_t cipher) { state_ += cipher; }

   private:
    uint32_t state_ = 1;
  };

  template <typename Iterator>
  static void Encode(Iterator at, Iterator end) {
    for (Lcg lcg; at != end; ++at) {
      *at ^= lcg.Next();
      lcg.Take(*at);
    }
  }
  template <typename Iterator>
  static void Decode(Iterator at, Iterator end) {
    for (Lcg lcg; at != end; ++at) {
      const uint8_t cipher = *at;
      *at ^= lcg.Next();
      lcg.Take(cipher);
    }
  }

  void Forward(Bytes& data, std::span<const uint8_t>, const Digest&) const override {
    Encode(data.begin(), data.end());
    Encode(data.rbegin(), data.rend());
  }
  void Backward(Bytes& data, std::span<const uint8_t>, const Digest&) const override {
    Decode(data.rbegin(), data.rend());
    Decode(data.begin(), data.end());
  }
};

class Affine final : public PlantedCipher {
 private:
  // a, b and m of one pass, side by side.
  static Bytes Coefficients(std::span<const uint8_t> key,
                            const Digest& nonce,
                            std::string_view pass,
                            size_t size) {
    return Pad(key, nonce, std::string("chaosense broken_affine 1 ") + std::string(pass), 3 * size);
  }

  template <typename Iterator>
  static void Encode(Iterator at, Iterator end, const Bytes& abm) {
    uint8_t previous = 0;
    for (size_t i = 0; at != end; ++at, i += 3) {
      *at = static_cast<uint8_t>((abm[i] | 1) * *at + abm[i + 1] + (abm[i + 2] | 1) * previous);
      previous = *at;
    }
  }
  template <typename Iterator>
  static void Decode(Iterator at, Iterator end, const Bytes& abm) {
    uint8_t previous = 0;
    for (size_t i = 0; at != end; ++at, i += 3) {
      const uint8_t cipher = *at;
      *at = static_cast<uint8_t>(InverseMod256(abm[i] | 1) *
                                 (cipher - abm[i + 1] - (abm[i + 2] | 1) * previous));
      previous = cipher;
    }
  }

  void Forward(Bytes& data, std::span<const uint8_t> key, const Digest& nonce) const override {
    Encode(data.begin(), data.end(), Coefficients(key, nonce, "forward", data.size()));
    Encode(data.rbegin(), data.rend(), Coefficients(key, nonce, "backward", data.size()));
  }
  void Backward(Bytes& data, std::span<const uint8_t> key, const Digest& nonce) const override {
    Decode(data.rbegin(), data.rend(), Coefficients(key, nonce, "backward", data.size()));
    Decode(data.begin(), data.end(), Coefficients(key, nonce, "forward", data.size()));
  }
};

template <typename Planted>
void Add(CipherRegistry& registry, const char* name, const char* summary, const char* flaw) {
  PluginInfo info;
  info.name = name;
  info.summary = std::string("BROKEN ON PURPOSE, a control: ") + summary;
  info.description = std::string("Never for use: ") + flaw +
                     " It is here to test the tests: a statistic that it passes proves no "
                     "security, an attack that misses it is at fault. Equations: "
                     "core/cipher/planted.h.";
  info.source =
      "ours, after the idea of Preishuber, Huetter, Katzenbeisser, Uhl, IEEE TIFS 13 (2018) 2137";
  registry.Register(info, [](const Json&) { return std::make_unique<Planted>(); });
}

}  // namespace

void RegisterPlantedCiphers(CipherRegistry& registry) {
  Add<XorPad>(registry,
              "broken_xor_pad",
              "one pad for all images of a key",
              "the pad does not depend on the nonce, so one known image gives it away.");
  Add<AesEcb>(registry,
              "broken_aes_ecb",
              "AES-256 in ECB mode with ciphertext stealing",
              "equal blocks of 16 bytes stay equal, and a change stays in its block.");
  Add<LcgChain>(registry,
                "broken_lcg_chain",
                "no key: a linear congruential generator chained forward and backward",
                "there is no key, anybody decrypts; its diffusion passes every usual statistic.");
  Add<Affine>(registry,
              "broken_affine",
              "affine mod 256, chained forward and backward, with keyed coefficients",
              "size + 1 chosen images give every coefficient.");
  Add<HashOnly>(registry,
                "broken_hash_only",
                "all diffusion through one byte of the plaintext's hash",
                "with the hash frozen one byte changes one byte, and 256 pads serve all images of "
                "a key.");
}

}  // namespace chaosense
