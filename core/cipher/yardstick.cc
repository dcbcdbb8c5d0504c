#include "core/cipher/yardstick.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/cipher/chaotic_cipher.h"

namespace chaosense {
namespace {

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Context NewContext() {
  Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  CHAOSENSE_CHECK(context != nullptr);
  return context;
}

const EVP_CIPHER* Algorithm(Yardstick algorithm) {
  switch (algorithm) {
    case Yardstick::kAes256Ctr:
      return EVP_aes_256_ctr();
    case Yardstick::kChaCha20:
      return EVP_chacha20();
    case Yardstick::kAes256Gcm:
      return EVP_aes_256_gcm();
    case Yardstick::kChaCha20Poly1305:
      return EVP_chacha20_poly1305();
  }
  CHAOSENSE_CHECK(false, "not an algorithm");
}

bool Authenticated(Yardstick algorithm) {
  return algorithm == Yardstick::kAes256Gcm || algorithm == Yardstick::kChaCha20Poly1305;
}

// EVP takes int sizes: feed it in pieces. A null `out` is associated data.
void Update(EVP_CIPHER_CTX* context, bool encrypt, uint8_t* out, std::span<const uint8_t> in) {
  constexpr size_t kPiece = size_t{1} << 30;
  for (size_t at = 0; at < in.size(); at += kPiece) {
    const int size = static_cast<int>(std::min(kPiece, in.size() - at));
    int written = 0;
    CHAOSENSE_CHECK(
        EVP_CipherUpdate(
            context, out == nullptr ? nullptr : out + at, &written, in.data() + at, size) == 1,
        "OpenSSL {} failed",
        encrypt ? "encryption" : "decryption");
    CHAOSENSE_CHECK(written == size);
  }
}

void Start(EVP_CIPHER_CTX* context,
           Yardstick algorithm,
           std::span<const uint8_t> key,
           std::span<const uint8_t> iv,
           bool encrypt) {
  RequireKeySize(key, 32);
  CHAOSENSE_CHECK(iv.size() == IvSize(algorithm));
  CHAOSENSE_CHECK(
      EVP_CipherInit_ex(
          context, Algorithm(algorithm), nullptr, key.data(), iv.data(), encrypt ? 1 : 0) == 1);
}

class YardstickCipher final : public Cipher {
 public:
  YardstickCipher(std::string name, Yardstick algorithm)
      : name_(std::move(name)), algorithm_(algorithm) {}

  CipherTraits traits() const override {
    CipherTraits traits;
    traits.authenticated = Authenticated(algorithm_);
    return traits;
  }

  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override {
    if (Authenticated(algorithm_)) {
      Sealed sealed = Seal(algorithm_, key, Iv(nonce), ShapeBytes(plain.shape), plain.data);
      return {ImageU8(plain.shape, std::move(sealed.ciphertext)), std::move(sealed.tag)};
    }
    return {ImageU8(plain.shape, ApplyStreamCipher(algorithm_, key, Iv(nonce), plain.data)), {}};
  }

  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override {
    const ImageU8& bytes = cipher.bytes;
    if (!Authenticated(algorithm_)) {
      return ImageU8(bytes.shape, ApplyStreamCipher(algorithm_, key, Iv(nonce), bytes.data));
    }
    std::optional<Bytes> plain =
        Unseal(algorithm_, key, Iv(nonce), ShapeBytes(bytes.shape), bytes.data, cipher.tag);
    if (!plain)
      throw ConfigError("{}: wrong key or changed ciphertext: authentication failed", name_);
    return ImageU8(bytes.shape, std::move(*plain));
  }

 private:
  Bytes Iv(const Digest& nonce) const {
    const Digest digest = Sha256().Update(name_ + " iv").Update(nonce).Finish();
    return Bytes(digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(IvSize(algorithm_)));
  }

  std::string name_;
  Yardstick algorithm_;
};

}  // namespace

Bytes ShapeBytes(Shape shape) {
  Bytes bytes;
  for (const int value : {shape.channels, shape.height, shape.width}) {
    for (int shift = 24; shift >= 0; shift -= 8)
      bytes.push_back(static_cast<uint8_t>(static_cast<uint32_t>(value) >> shift));
  }
  return bytes;
}

size_t IvSize(Yardstick algorithm) { return Authenticated(algorithm) ? 12 : 16; }

Bytes ApplyStreamCipher(Yardstick algorithm,
                        std::span<const uint8_t> key,
                        std::span<const uint8_t> iv,
                        std::span<const uint8_t> input) {
  CHAOSENSE_CHECK(!Authenticated(algorithm));
  const Context context = NewContext();
  Start(context.get(), algorithm, key, iv, true);
  Bytes output(input.size());
  Update(context.get(), true, output.data(), input);
  return output;
}

Sealed Seal(Yardstick algorithm,
            std::span<const uint8_t> key,
            std::span<const uint8_t> iv,
            std::span<const uint8_t> associated,
            std::span<const uint8_t> plain) {
  CHAOSENSE_CHECK(Authenticated(algorithm));
  const Context context = NewContext();
  Start(context.get(), algorithm, key, iv, true);
  Sealed sealed{Bytes(plain.size()), Bytes(kAeadTagSize)};
  Update(context.get(), true, nullptr, associated);
  Update(context.get(), true, sealed.ciphertext.data(), plain);
  int written = 0;
  uint8_t none[16];
  CHAOSENSE_CHECK(EVP_CipherFinal_ex(context.get(), none, &written) == 1 && written == 0);
  CHAOSENSE_CHECK(EVP_CIPHER_CTX_ctrl(context.get(),
                                      EVP_CTRL_AEAD_GET_TAG,
                                      static_cast<int>(kAeadTagSize),
                                      sealed.tag.data()) == 1);
  return sealed;
}

std::optional<Bytes> Unseal(Yardstick algorithm,
                            std::span<const uint8_t> key,
                            std::span<const uint8_t> iv,
                            std::span<const uint8_t> associated,
                            std::span<const uint8_t> ciphertext,
                            std::span<const uint8_t> tag) {
  CHAOSENSE_CHECK(Authenticated(algorithm));
  const Context context = NewContext();
  Start(context.get(), algorithm, key, iv, false);
  if (tag.size() != kAeadTagSize) return std::nullopt;
  Bytes expected(tag.begin(), tag.end());
  CHAOSENSE_CHECK(EVP_CIPHER_CTX_ctrl(context.get(),
                                      EVP_CTRL_AEAD_SET_TAG,
                                      static_cast<int>(kAeadTagSize),
                                      expected.data()) == 1);
  Bytes plain(ciphertext.size());
  Update(context.get(), false, nullptr, associated);
  Update(context.get(), false, plain.data(), ciphertext);
  int written = 0;
  uint8_t none[16];
  if (EVP_CipherFinal_ex(context.get(), none, &written) != 1) return std::nullopt;
  return plain;
}

void RegisterYardsticks(CipherRegistry& registry) {
  const auto add =
      [&](const char* name, Yardstick algorithm, const char* summary, const char* source) {
        PluginInfo info;
        info.name = name;
        info.summary = summary;
        info.description =
            std::string("OpenSSL; the iv is the beginning of SHA-256(\"") + name +
            " iv\" || nonce). Secure only while no nonce serves two plaintexts under one key.";
        info.source = source;
        registry.Register(info, [n = std::string(name), algorithm](const Json&) {
          return std::make_unique<YardstickCipher>(n, algorithm);
        });
      };
  add("aes256_ctr", Yardstick::kAes256Ctr, "AES-256 in counter mode", "FIPS 197, NIST SP 800-38A");
  add("chacha20", Yardstick::kChaCha20, "ChaCha20 stream cipher", "RFC 8439");
  add("aes256_gcm", Yardstick::kAes256Gcm, "AES-256-GCM, authenticated", "NIST SP 800-38D");
  add("chacha20_poly1305",
      Yardstick::kChaCha20Poly1305,
      "ChaCha20-Poly1305, authenticated",
      "RFC 8439");
}

}  // namespace chaosense
