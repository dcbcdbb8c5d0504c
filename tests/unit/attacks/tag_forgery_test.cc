// Broken authentication is found, and a tag that needs the key stands.
#include "core/attacks/tag_forgery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <boost/crc.hpp>

#include "core/attacks/nonce_reuse.h"
#include "core/cipher/yardstick.h"
#include "tests/unit/attacks/test_ciphers.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

Bytes Crc(const Bytes& bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  Bytes tag;
  for (int shift = 0; shift < 32; shift += 8)
    tag.push_back(static_cast<uint8_t>(crc.checksum() >> shift));
  return tag;
}

Bytes Md5(const Bytes& bytes) {
  Bytes tag(16);
  EXPECT_EQ(EVP_Digest(bytes.data(), bytes.size(), tag.data(), nullptr, EVP_md5(), nullptr), 1);
  return tag;
}

struct BrokenTag {
  std::string how;  // part of the evidence
  TagCipher cipher;
};

// Tags that an attacker makes for any ciphertext: all three checks fall.
TEST(TagForgery, TagsThatNeedNoKeyAreForgedForAnyCiphertext) {
  const BrokenTag cases[] = {
      {"SHA256 of the ciphertext",
       TagCipher([](auto, const Digest&, const Bytes& cipher, const Bytes&) {
         const Digest digest = Sha256Of(cipher);
         return Bytes(digest.begin(), digest.begin() + 16);
       })},
      {"SHA256 of nonce and ciphertext",
       TagCipher([](auto, const Digest& nonce, const Bytes& cipher, const Bytes&) {
         const Digest digest = Sha256().Update(cipher).Update(nonce).Finish();
         return Bytes(digest.begin(), digest.end());
       })},
      {"MD5 of the ciphertext",
       TagCipher(
           [](auto, const Digest&, const Bytes& cipher, const Bytes&) { return Md5(cipher); })},
      {"CRC-32 of the ciphertext",
       TagCipher(
           [](auto, const Digest&, const Bytes& cipher, const Bytes&) { return Crc(cipher); })},
      {"CRC-32 of the plaintext",
       TagCipher([](auto, const Digest&, const Bytes&, const Bytes& plain) { return Crc(plain); })},
      {"no tag",
       TagCipher(
           KeyedTag,
           [](const Bytes& given, const Bytes& right) { return given.empty() || given == right; })},
      {"a tag of zeros", TagCipher(KeyedTag, [](const Bytes& given, const Bytes& right) {
         return given == Bytes(16) || given == right;
       })}};
  for (const auto& [how, cipher] : cases) {
    for (const NonceMode mode : {NonceMode::kFrozen, NonceMode::kLive}) {
      for (const char* id : {"a14", "a1c", "a3c"}) {
        const CheckResult result = RunNamed(id, MakeTarget(cipher, mode));
        EXPECT_EQ(result.verdict, Verdict::kBroken) << how << id << result.evidence;
        EXPECT_EQ(NumberOf(result, "wrong_pixels"), 0) << how << id;
        EXPECT_THAT(result.evidence, HasSubstr(how)) << id;
      }
    }
  }
}

TEST(TagForgery, AFewBitsThatAreLookedAtAreTried) {
  const TagCipher one_byte(KeyedTag, [](const Bytes& given, const Bytes& right) {
    return given.size() == 16 && given[5] == right[5];
  });
  const CheckResult byte = RunNamed("a14", MakeTarget(one_byte, NonceMode::kLive));
  EXPECT_EQ(byte.verdict, Verdict::kBroken) << byte.evidence;
  EXPECT_EQ(NumberOf(byte, "tag_bits_checked"), 8);
  const TagCipher shortened(KeyedTag, [](const Bytes& given, const Bytes& right) {
    return !given.empty() && given.size() <= 16 &&
           std::ranges::equal(given, std::span(right).first(given.size()));
  });
  const CheckResult cut = RunNamed("a14", MakeTarget(shortened, NonceMode::kLive));
  EXPECT_EQ(cut.verdict, Verdict::kBroken) << cut.evidence;
  EXPECT_EQ(NumberOf(cut, "shortest_tag_accepted"), 1);
}

TEST(TagForgery, HalfATagThatIsLookedAtIsWeak) {
  const TagCipher half(KeyedTag, [](const Bytes& given, const Bytes& right) {
    return given.size() == 16 && std::equal(given.begin(), given.begin() + 8, right.begin());
  });
  const CheckResult result = RunNamed("a14", MakeTarget(half, NonceMode::kLive));
  EXPECT_EQ(result.verdict, Verdict::kWeak) << result.evidence;
  EXPECT_THAT(result.evidence, HasSubstr("64 of 128 tag bits are looked at"));
}

TEST(TagForgery, ATagThatForgetsTheNonceGivesTheKeystreamAway) {
  const TagCipher cipher([](auto key, const Digest&, const Bytes& bytes, const Bytes& plain) {
    return KeyedTag(key, Digest{}, bytes, plain);
  });
  const CheckResult live = RunNamed("a14", MakeTarget(cipher, NonceMode::kLive));
  EXPECT_EQ(live.verdict, Verdict::kBroken) << live.evidence;
  EXPECT_EQ(live.queries, 2);
  EXPECT_EQ(NumberOf(live, "wrong_pixels"), 0);
  // All pictures have one nonce: to send another's under it is nothing new.
  EXPECT_EQ(RunNamed("a14", MakeTarget(cipher, NonceMode::kFrozen)).verdict, Verdict::kPassed);
}

TEST(TagForgery, ATagThatNeedsTheKeyStands) {
  const TagCipher cipher(KeyedTag);
  for (const NonceMode mode : {NonceMode::kFrozen, NonceMode::kLive}) {
    for (const char* id : {"a14", "a1c", "a3c"}) {
      const CheckResult result = RunNamed(id, MakeTarget(cipher, mode));
      EXPECT_EQ(result.verdict, Verdict::kPassed) << id << result.evidence;
    }
  }
}

struct Sealer {
  Yardstick algorithm;
  Bytes key, iv;
  RandomStream random{"nonce reuse"};

  TaggedBytes Tagged(const Bytes& plain) const {
    const Sealed sealed = Seal(algorithm, key, iv, Bytes{1, 2, 3}, plain);
    return {sealed.ciphertext, sealed.tag};
  }
};

class NonceReuse : public ::testing::TestWithParam<size_t> {};

// OpenSSL accepts the forged tags: GCM's always, one of Poly1305's two.
TEST_P(NonceReuse, TwoMessagesForgeTheTagOfAnyOther) {
  for (const auto& [algorithm, forge] : {std::pair{Yardstick::kAes256Gcm, &ForgeGcm},
                                         std::pair{Yardstick::kChaCha20Poly1305, &ForgePoly1305}}) {
    for (int key = 0; key < 5; ++key) {
      RandomStream random(std::to_string(key));
      Sealer sealer{algorithm, random.RandomBytes(32), random.RandomBytes(12)};
      Bytes plain = random.RandomBytes(GetParam());
      const TaggedBytes first = sealer.Tagged(plain);
      plain.back() ^= 0x80;
      const TaggedBytes second = sealer.Tagged(plain);
      const TaggedBytes witness = sealer.Tagged(random.RandomBytes(GetParam()));
      const auto maker = forge(first, second, witness);
      ASSERT_TRUE(maker.has_value()) << key;
      const Bytes forged = random.RandomBytes(GetParam());
      int accepted = 0;
      for (const Bytes& tag : (*maker)(forged))
        accepted += Unseal(algorithm, sealer.key, sealer.iv, Bytes{1, 2, 3}, forged, tag) ? 1 : 0;
      EXPECT_EQ(accepted, 1);
      // The other algorithm's algebra does not fit.
      const auto other = algorithm == Yardstick::kAes256Gcm ? ForgePoly1305 : ForgeGcm;
      EXPECT_FALSE(other(first, second, witness).has_value());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, NonceReuse, ::testing::Values(1, 16, 17, 250));

TEST(NonceReuse, FreshNoncesAndOtherMessagesGiveNothing) {
  for (const auto& [algorithm, forge] : {std::pair{Yardstick::kAes256Gcm, &ForgeGcm},
                                         std::pair{Yardstick::kChaCha20Poly1305, &ForgePoly1305}}) {
    RandomStream random("fresh");
    Sealer sealer{algorithm, random.RandomBytes(32), random.RandomBytes(12)};
    Bytes plain = random.RandomBytes(40);
    const TaggedBytes first = sealer.Tagged(plain);
    const TaggedBytes witness = sealer.Tagged(random.RandomBytes(40));
    plain[0] ^= 1;  // not in the last block
    EXPECT_FALSE(forge(first, sealer.Tagged(plain), witness).has_value());
    plain[0] ^= 1;
    plain.back() ^= 1;
    const TaggedBytes second = sealer.Tagged(plain);
    EXPECT_TRUE(forge(first, second, witness).has_value());
    sealer.iv[0] ^= 1;
    EXPECT_FALSE(forge(first, second, sealer.Tagged(random.RandomBytes(40))).has_value());
    EXPECT_FALSE(forge(first, sealer.Tagged(plain), witness).has_value());
  }
}

}  // namespace
}  // namespace chaosense
