#include "core/cipher/siv.h"

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/hkdf.h"
#include "core/cipher/chaotic_cipher.h"

namespace chaosense {
namespace {

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Context Start(std::span<const uint8_t> key, bool encrypt) {
  CHAOSENSE_CHECK(key.size() == 32 || key.size() == 48 || key.size() == 64);
  const std::string name = fmt::format("AES-{}-SIV", key.size() * 4);
  const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> algorithm(
      EVP_CIPHER_fetch(nullptr, name.c_str(), nullptr), EVP_CIPHER_free);
  CHAOSENSE_CHECK(algorithm != nullptr, "this OpenSSL has no {}", name);
  Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  CHAOSENSE_CHECK(context != nullptr);
  CHAOSENSE_CHECK(
      EVP_CipherInit_ex2(
          context.get(), algorithm.get(), key.data(), nullptr, encrypt ? 1 : 0, nullptr) == 1);
  return context;
}

// The mode takes everything in one call.
int Size(std::span<const uint8_t> bytes) {
  CHAOSENSE_CHECK(!bytes.empty() && bytes.size() < 0x7fffffff);
  return static_cast<int>(bytes.size());
}

void Associate(EVP_CIPHER_CTX* context, std::span<const uint8_t> associated) {
  int written = 0;
  CHAOSENSE_CHECK(
      EVP_CipherUpdate(context, nullptr, &written, associated.data(), Size(associated)) == 1);
}

class SivCipher final : public Cipher {
 public:
  CipherTraits traits() const override {
    CipherTraits traits;
    traits.authenticated = true;
    traits.uses_nonce = false;
    return traits;
  }
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest&) const override {
    Sealed sealed = SealSiv(SivKey(key), ShapeBytes(plain.shape), plain.data);
    return {ImageU8(plain.shape, std::move(sealed.ciphertext)), std::move(sealed.tag)};
  }
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest&) const override {
    const ImageU8& bytes = cipher.bytes;
    std::optional<Bytes> plain =
        UnsealSiv(SivKey(key), ShapeBytes(bytes.shape), bytes.data, cipher.tag);
    if (!plain)
      throw ConfigError("aes256_siv: wrong key or changed ciphertext: authentication failed");
    return ImageU8(bytes.shape, std::move(*plain));
  }

 private:
  static Bytes SivKey(std::span<const uint8_t> key) {
    RequireKeySize(key, 32);
    return HkdfSha256(key, {}, "chaosense aes256_siv 1", 64);
  }
};

}  // namespace

Sealed SealSiv(std::span<const uint8_t> key,
               std::span<const uint8_t> associated,
               std::span<const uint8_t> plain) {
  const Context context = Start(key, true);
  Associate(context.get(), associated);
  Sealed sealed{Bytes(plain.size()), Bytes(kAeadTagSize)};
  int written = 0;
  CHAOSENSE_CHECK(
      EVP_CipherUpdate(
          context.get(), sealed.ciphertext.data(), &written, plain.data(), Size(plain)) == 1 &&
      static_cast<size_t>(written) == plain.size());
  uint8_t none[16];
  CHAOSENSE_CHECK(EVP_CipherFinal_ex(context.get(), none, &written) == 1);
  CHAOSENSE_CHECK(EVP_CIPHER_CTX_ctrl(context.get(),
                                      EVP_CTRL_AEAD_GET_TAG,
                                      static_cast<int>(kAeadTagSize),
                                      sealed.tag.data()) == 1);
  return sealed;
}

std::optional<Bytes> UnsealSiv(std::span<const uint8_t> key,
                               std::span<const uint8_t> associated,
                               std::span<const uint8_t> ciphertext,
                               std::span<const uint8_t> tag) {
  if (tag.size() != kAeadTagSize) return std::nullopt;
  const Context context = Start(key, false);
  Bytes expected(tag.begin(), tag.end());
  CHAOSENSE_CHECK(EVP_CIPHER_CTX_ctrl(context.get(),
                                      EVP_CTRL_AEAD_SET_TAG,
                                      static_cast<int>(kAeadTagSize),
                                      expected.data()) == 1);
  Associate(context.get(), associated);
  Bytes plain(ciphertext.size());
  int written = 0;
  if (EVP_CipherUpdate(
          context.get(), plain.data(), &written, ciphertext.data(), Size(ciphertext)) != 1)
    return std::nullopt;
  uint8_t none[16];
  if (EVP_CipherFinal_ex(context.get(), none, &written) != 1) return std::nullopt;
  return plain;
}

void RegisterSiv(CipherRegistry& registry) {
  PluginInfo info;
  info.name = "aes256_siv";
  info.summary = "AES-256-SIV: deterministic, authenticated";
  info.description =
      "OpenSSL; key of 64 bytes by HKDF, the image's shape as associated data, no nonce. Equal "
      "images give equal ciphertexts, and nothing else is given away: the yardstick for ciphers "
      "without a fresh nonce.";
  info.source = "RFC 5297";
  registry.Register(info, [](const Json&) { return std::make_unique<SivCipher>(); });
}

}  // namespace chaosense
