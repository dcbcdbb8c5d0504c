// Properties of every registered cipher, and golden ciphertexts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/cipher/cipher.h"

namespace chaosense {
namespace {

CipherRegistry Builtin() {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  return registry;
}

ImageU8 RandomImage(Shape shape, const std::string& name) {
  return ImageU8(shape, RandomStream(name).RandomBytes(shape.size()));
}

const Bytes kKey = RandomStream("cipher test key").RandomBytes(32);
const Digest kNonce = Sha256Of("cipher test nonce");

// Names with the parameters that choose another code path.
std::vector<std::pair<std::string, Json>> EveryCipher(const CipherRegistry& registry) {
  std::vector<std::pair<std::string, Json>> all;
  for (const std::string& name : registry.Names()) all.emplace_back(name, Json::object());
  all.emplace_back("paper", Json{{"rounds", 5}});
  all.emplace_back("hardened", Json{{"chain", "linear"}, {"passes", 1}});
  all.emplace_back("hardened", Json{{"chain", "substitution"}, {"passes", 3}});
  all.emplace_back("diffuse_only", Json{{"diffusion", "linear_chain"}});
  all.emplace_back("diffuse_only", Json{{"diffusion", "substitution_chain"}});
  all.emplace_back("hua2015", Json{{"bind_nonce", true}});
  return all;
}

RC_GTEST_PROP(EveryCipher, DecryptUndoesEncrypt, ()) {
  const CipherRegistry registry = Builtin();
  const auto [name, parameters] = *rc::gen::elementOf(EveryCipher(registry));
  const Shape shape{*rc::gen::element(1, 3), *rc::gen::inRange(1, 40), *rc::gen::inRange(1, 40)};
  const ImageU8 plain(shape,
                      *rc::gen::container<Bytes>(shape.size(), rc::gen::arbitrary<uint8_t>()));
  const Bytes key = *rc::gen::container<Bytes>(32, rc::gen::arbitrary<uint8_t>());
  const Digest nonce = *rc::gen::container<Digest>(rc::gen::arbitrary<uint8_t>());
  const auto cipher = registry.Create(name, parameters);
  const Ciphertext encrypted = cipher->Encrypt(plain, key, nonce);
  RC_ASSERT(encrypted.bytes.shape == shape);
  RC_ASSERT(encrypted.bytes.data.size() == shape.size());
  RC_ASSERT(encrypted.tag.empty() != cipher->traits().authenticated);
  RC_ASSERT(cipher->Decrypt(encrypted, key, nonce) == plain);
  RC_ASSERT(registry.Create(name, parameters)->Encrypt(plain, key, nonce).bytes == encrypted.bytes);
}

TEST(EveryCipherOnce, RoundTripsExtremeShapes) {
  const CipherRegistry registry = Builtin();
  for (const auto& [name, parameters] : EveryCipher(registry)) {
    const auto cipher = registry.Create(name, parameters);
    for (const Shape shape : {Shape{1, 1, 1},
                              {1, 1, 257},
                              {1, 257, 1},
                              {3, 1, 1},
                              {3, 2, 2},
                              {3, 5, 1},
                              {1, 1, 2},
                              {1, 112, 336}}) {
      const ImageU8 plain = RandomImage(shape, "extreme");
      EXPECT_EQ(cipher->Decrypt(cipher->Encrypt(plain, kKey, kNonce), kKey, kNonce), plain)
          << name << parameters.dump() << " " << shape.channels << "x" << shape.height << "x"
          << shape.width;
    }
  }
}

TEST(EveryCipherOnce, WrongKeyGivesAnotherImageOrAnError) {
  const CipherRegistry registry = Builtin();
  const ImageU8 plain = RandomImage({3, 20, 30}, "wrong key");
  for (const auto& [name, parameters] : EveryCipher(registry)) {
    const auto cipher = registry.Create(name, parameters);
    const Ciphertext encrypted = cipher->Encrypt(plain, kKey, kNonce);
    for (const size_t byte : {0, 15, 31}) {
      Bytes wrong = kKey;
      wrong[byte] ^= 1;
      if (!cipher->traits().uses_key) {
        EXPECT_EQ(cipher->Decrypt(encrypted, wrong, kNonce), plain) << name;
      } else if (cipher->traits().authenticated) {
        EXPECT_THROW(cipher->Decrypt(encrypted, wrong, kNonce), Error) << name;
      } else {
        EXPECT_NE(cipher->Decrypt(encrypted, wrong, kNonce), plain) << name;
      }
    }
    Digest nonce = kNonce;
    nonce[31] ^= 1;
    EXPECT_EQ(cipher->Encrypt(plain, kKey, nonce).bytes != encrypted.bytes,
              cipher->traits().uses_nonce)
        << name;
  }
}

TEST(EveryCipherOnce, TraitsAreTrue) {
  const CipherRegistry registry = Builtin();
  const ImageU8 plain = RandomImage({3, 20, 30}, "traits");
  for (const auto& [name, parameters] : EveryCipher(registry)) {
    const auto cipher = registry.Create(name, parameters);
    Ciphertext encrypted = cipher->Encrypt(plain, kKey, kNonce);
    Bytes before = plain.data;
    Bytes after = encrypted.bytes.data;
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    EXPECT_EQ(before == after, cipher->traits().permutation_only) << name;
    encrypted.bytes.data[7] ^= 1;
    if (cipher->traits().authenticated) {
      EXPECT_THAT([&] { cipher->Decrypt(encrypted, kKey, kNonce); },
                  testing::ThrowsMessage<Error>(testing::HasSubstr("authentication failed")));
    } else {
      EXPECT_NO_THROW(cipher->Decrypt(encrypted, kKey, kNonce));
    }
  }
}

TEST(EveryCipherOnce, KeysOfAnotherSizeAreRefused) {
  const CipherRegistry registry = Builtin();
  const ImageU8 plain = RandomImage({1, 4, 4}, "key size");
  for (const std::string& name : registry.Names()) {
    const auto cipher = registry.Create(name);
    for (const size_t size : {0, 16, 31, 33}) {
      EXPECT_THAT([&] { cipher->Encrypt(plain, Bytes(size), kNonce); },
                  testing::ThrowsMessage<Error>(testing::HasSubstr("expected 32")));
      EXPECT_THROW(cipher->Decrypt({plain, Bytes(16)}, Bytes(size), kNonce), Error);
    }
  }
}

// Our own values: they hold for every compiler and flag; changing them means raising a revision.
TEST(ChaoticCiphers, GoldenCiphertexts) {
  const CipherRegistry registry = Builtin();
  ImageU8 plain(Shape{3, 37, 41});
  for (size_t i = 0; i < plain.data.size(); ++i)
    plain.data[i] = static_cast<uint8_t>(i * i + 3 * i);
  Bytes key(32);
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(i);
  const auto digest = [&](const char* name, const Json& parameters) {
    return ToHex(Sha256Of(
        registry.Create(name, parameters)->Encrypt(plain, key, Sha256Of(plain.data)).bytes.data));
  };
  EXPECT_EQ(digest("paper", Json::object()),
            "28221c28a45aba536286e36327705df865e2d54911113dbab4a20eb763ee4a08");
  EXPECT_EQ(digest("hardened", Json::object()),
            "06a8868c553617196359e48025022a921385bdb22b031ac60093f3f87f08aa48");
  EXPECT_EQ(digest("hardened", {{"chain", "linear"}, {"passes", 1}}),
            "403ec08fbfa225764f274bcaed771e2873c5b536b05ddb758eee850c23fdb539");
  EXPECT_EQ(digest("scramble_only", Json::object()),
            "4e36b3ff229266ff75c4ae3fc5b1cfdc7f5cf1c9726c3e410b871a67284de556");
}

// XOR of two ciphertexts whose plaintexts differ in one byte, under a frozen nonce.
Bytes Difference(const Cipher& cipher, const ImageU8& plain, size_t at, uint8_t change) {
  ImageU8 other = plain;
  other.data[at] ^= change;
  Bytes a = cipher.Encrypt(plain, kKey, kNonce).bytes.data;
  const Bytes b = cipher.Encrypt(other, kKey, kNonce).bytes.data;
  for (size_t i = 0; i < a.size(); ++i) a[i] ^= b[i];
  return a;
}

TEST(ChaoticCiphers, DiffusionUnderAFrozenHash) {
  const CipherRegistry registry = Builtin();
  const ImageU8 plain = RandomImage({3, 64, 64}, "diffusion");
  const double size = static_cast<double>(plain.data.size());
  const double sd = std::sqrt(255.0 / 65536 / size);
  const auto paper = registry.Create("paper");
  const auto hardened = registry.Create("hardened");
  const auto linear = registry.Create("hardened", {{"chain", "linear"}});
  const auto changed = [&](const Bytes& difference) {
    return size - static_cast<double>(std::count(difference.begin(), difference.end(), 0));
  };
  RandomStream random("positions");
  for (int i = 0; i < 20; ++i) {
    const size_t at =
        static_cast<size_t>(random.UniformInt(static_cast<int64_t>(plain.data.size())));
    for (const uint8_t change : {1, 128}) {
      EXPECT_EQ(changed(Difference(*paper, plain, at, change)), 1);
      EXPECT_NEAR(changed(Difference(*hardened, plain, at, change)) / size, 255.0 / 256, 5 * sd);
    }
    // The linear chain carries a change of the top bit on as a change of the top bit.
    for (const uint8_t difference : Difference(*linear, plain, at, 128))
      ASSERT_TRUE(difference == 0 || difference == 128);
  }
}

// A wrong ciphertext byte under the chain spoils few plaintext bytes.
TEST(ChaoticCiphers, DamageStaysLocal) {
  const CipherRegistry registry = Builtin();
  const ImageU8 plain = RandomImage({1, 64, 64}, "damage");
  const auto damaged = [&](const char* name) {
    const auto cipher = registry.Create(name);
    Ciphertext encrypted = cipher->Encrypt(plain, kKey, kNonce);
    encrypted.bytes.data[1000] ^= 0x55;
    const ImageU8 decrypted = cipher->Decrypt(encrypted, kKey, kNonce);
    int wrong = 0;
    for (size_t i = 0; i < plain.data.size(); ++i)
      wrong += plain.data[i] != decrypted.data[i] ? 1 : 0;
    return wrong;
  };
  EXPECT_EQ(damaged("paper"), 1);
  EXPECT_GE(damaged("hardened"), 3);
  EXPECT_LE(damaged("hardened"), 5);
}

// Ciphertexts of a constant image: bytes uniform (chi-square, 255 degrees of freedom, 0.001:
// 330.52).
TEST(ChaoticCiphers, ConstantImageBecomesNoise) {
  const CipherRegistry registry = Builtin();
  const ImageU8 plain(Shape{3, 112, 112});
  for (const char* name : {"paper", "hardened"}) {
    const Bytes bytes = registry.Create(name)->Encrypt(plain, kKey, kNonce).bytes.data;
    std::array<double, 256> counts{};
    for (const uint8_t byte : bytes) counts[byte] += 1;
    const double expected = static_cast<double>(bytes.size()) / 256;
    double chi2 = 0;
    for (const double count : counts) chi2 += (count - expected) * (count - expected) / expected;
    EXPECT_LT(chi2, 330.519744) << name;
  }
}

}  // namespace
}  // namespace chaosense
