// Small ciphers with one known flaw each, and targets made of ciphers.
#ifndef CHAOSENSE_TESTS_UNIT_ATTACKS_TEST_CIPHERS_H_
#define CHAOSENSE_TESTS_UNIT_ATTACKS_TEST_CIPHERS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/attacks/check.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/generator.h"

namespace chaosense {

// Encrypts and decrypts by functions of (bytes, key, nonce).
class FunctionCipher final : public Cipher {
 public:
  using Function = std::function<Bytes(Bytes, std::span<const uint8_t>, const Digest&)>;
  FunctionCipher(Function encrypt, Function decrypt)
      : encrypt_(std::move(encrypt)), decrypt_(std::move(decrypt)) {}

  CipherTraits traits() const override { return traits_; }
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override {
    return {ImageU8(plain.shape, encrypt_(plain.data, key, nonce)), {}};
  }
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override {
    return ImageU8(cipher.bytes.shape, decrypt_(cipher.bytes.data, key, nonce));
  }

  CipherTraits traits_;

 private:
  Function encrypt_;
  Function decrypt_;
};

// c = p ^ pad(key, nonce, size).
inline FunctionCipher XorCipher(
    std::function<Bytes(std::span<const uint8_t>, const Digest&, size_t)> pad) {
  const auto apply = [pad = std::move(pad)](
                         Bytes data, std::span<const uint8_t> key, const Digest& nonce) {
    const Bytes mask = pad(key, nonce, data.size());
    for (size_t i = 0; i < data.size(); ++i) data[i] ^= mask[i];
    return data;
  };
  return FunctionCipher(apply, apply);
}

// Every 40th byte spreads nothing: a keystream is added to it, which depends on all other bytes
// where `absorbs`. The others are enciphered by `inner`, which spreads every byte to all of them.
inline FunctionCipher PartialCipher(std::shared_ptr<const Cipher> inner, bool absorbs) {
  const auto apply =
      [=](bool encrypting, const Bytes& data, std::span<const uint8_t> key, const Digest& nonce) {
        Bytes apart, rest;
        for (size_t i = 0; i < data.size(); ++i) (i % 40 == 0 ? apart : rest).push_back(data[i]);
        const ImageU8 from(Shape{1, 1, static_cast<int>(rest.size())}, rest);
        const ImageU8 to = encrypting ? inner->Encrypt(from, key, nonce).bytes
                                      : inner->Decrypt({from, {}}, key, nonce);
        const Digest mixed =
            Sha256().Update(key).Update(nonce).Update(encrypting ? to.data : from.data).Finish();
        const Bytes pad =
            RandomStream(ToHex(absorbs ? mixed : Sha256Of(key))).RandomBytes(apart.size());
        Bytes result;
        for (size_t i = 0, at = 0, of_rest = 0; i < data.size(); ++i) {
          const bool is_apart = i % 40 == 0;
          result.push_back(is_apart ? apart[at] ^ pad[at] : to.data[of_rest]);
          ++(is_apart ? at : of_rest);
        }
        return result;
      };
  const auto direction = [=](bool encrypting) {
    return [=](Bytes data, std::span<const uint8_t> key, const Digest& nonce) {
      return apply(encrypting, data, key, nonce);
    };
  };
  return FunctionCipher(direction(true), direction(false));
}

// A pad of good quality that depends on all that is given.
inline Bytes GoodPad(std::span<const uint8_t> key, std::span<const uint8_t> salt, size_t size) {
  return RandomStream(ToHex(Sha256().Update(key).Update(salt).Finish())).RandomBytes(size);
}

// A keystream that depends on key and nonce, and a tag: made by `tag` of (key, nonce, ciphertext,
// plaintext), accepted by `accepts` of (given, right).
class TagCipher final : public Cipher {
 public:
  using Tag =
      std::function<Bytes(std::span<const uint8_t>, const Digest&, const Bytes&, const Bytes&)>;
  using Accepts = std::function<bool(const Bytes& given, const Bytes& right)>;
  explicit TagCipher(Tag tag, Accepts accepts = std::equal_to<Bytes>())
      : tag_(std::move(tag)), accepts_(std::move(accepts)) {}

  CipherTraits traits() const override {
    CipherTraits traits;
    traits.authenticated = true;
    return traits;
  }
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override {
    const ImageU8 bytes = Xor(plain, key, nonce);
    return {bytes, tag_(key, nonce, bytes.data, plain.data)};
  }
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override {
    ImageU8 plain = Xor(cipher.bytes, key, nonce);
    if (!accepts_(cipher.tag, tag_(key, nonce, cipher.bytes.data, plain.data)))
      throw ConfigError("wrong tag");
    return plain;
  }

 private:
  static ImageU8 Xor(ImageU8 image, std::span<const uint8_t> key, const Digest& nonce) {
    const Bytes pad = GoodPad(key, nonce, image.data.size());
    for (size_t i = 0; i < pad.size(); ++i) image.data[i] ^= pad[i];
    return image;
  }

  Tag tag_;
  Accepts accepts_;
};

// 16 bytes that need the key.
inline Bytes KeyedTag(std::span<const uint8_t> key,
                      const Digest& nonce,
                      const Bytes& cipher,
                      const Bytes&) {
  const Digest digest = Sha256().Update(key).Update("tag").Update(nonce).Update(cipher).Finish();
  return Bytes(digest.begin(), digest.begin() + 16);
}

inline ImageU8 TestPicture(int index) {
  GeneratorSettings settings;
  settings.seed = 3;
  return ToGray(GenerateImage(settings, index));
}

inline AuditTarget MakeTarget(const Cipher& cipher,
                              NonceMode mode,
                              const std::string& cipher_name = "") {
  static const std::vector<ImageU8> pictures = {
      TestPicture(0), TestPicture(1), TestPicture(2), TestPicture(3)};
  AuditTarget target;
  target.cipher = &cipher;
  target.cipher_name = cipher_name;
  target.mode = mode;
  target.name = "attacks test";
  target.key = target.Stream("key").RandomBytes(cipher.key_size());
  target.picture = pictures[0];
  target.known = {pictures.begin() + 1, pictures.end()};
  return target;
}

inline AuditBudget SmallBudget() {
  AuditBudget budget;
  budget.affine_side = 8;
  budget.recover_side = 16;
  budget.cca_side = 16;
  budget.picture_side = 32;
  budget.keys = 10;
  budget.weak_keys = 30;
  budget.collision_keys = 1 << 11;
  budget.trials = 60;
  budget.differential = 30;
  budget.timings = 20;
  budget.stream_bytes = 1 << 17;
  budget.orbit_steps = 1 << 16;
  return budget;
}

inline CheckResult RunNamed(const std::string& id, const AuditTarget& target) {
  return RunCheck(*FindCheck(id), target, SmallBudget());
}

inline double NumberOf(const CheckResult& result, const std::string& name) {
  for (const CheckNumber& number : result.numbers) {
    if (number.name == name) return number.value;
  }
  return -1;
}

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_ATTACKS_TEST_CIPHERS_H_
