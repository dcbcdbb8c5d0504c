// Each planted cipher has the flaw that it is planted for.
#include "core/cipher/planted.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"

namespace chaosense {
namespace {

class Planted : public testing::Test {
 protected:
  Planted() { RegisterPlantedCiphers(registry_); }
  Bytes Encrypt(const std::string& name, const ImageU8& plain, const Digest& nonce) const {
    return registry_.Create(name)->Encrypt(plain, key_, nonce).bytes.data;
  }
  ImageU8 Random(Shape shape, const std::string& name) const {
    return ImageU8(shape, RandomStream(name).RandomBytes(shape.size()));
  }

  CipherRegistry registry_{"cipher"};
  Bytes key_ = RandomStream("planted key").RandomBytes(32);
  Digest nonce_ = Sha256Of("planted nonce");
};

Bytes Xor(Bytes a, const Bytes& b) {
  for (size_t i = 0; i < a.size(); ++i) a[i] ^= b[i];
  return a;
}

TEST_F(Planted, EveryOneSaysThatItIsBroken) {
  EXPECT_EQ(registry_.Names().size(), 5U);
  for (const std::string& name : registry_.Names()) {
    EXPECT_TRUE(name.starts_with("broken_"));
    EXPECT_TRUE(registry_.Info(name).summary.starts_with("BROKEN ON PURPOSE"));
    EXPECT_TRUE(registry_.Create(name)->traits().broken_on_purpose);
  }
}

TEST_F(Planted, XorPadGivesItsPadToOneKnownImage) {
  const Shape shape{3, 17, 19};
  const ImageU8 known = Random(shape, "known");
  const ImageU8 secret = Random(shape, "secret");
  const Bytes pad = Xor(Encrypt("broken_xor_pad", known, Sha256Of("one nonce")), known.data);
  EXPECT_EQ(Xor(Encrypt("broken_xor_pad", secret, Sha256Of("another")), pad), secret.data);
}

TEST_F(Planted, EcbKeepsEqualBlocksEqualAndAChangeInItsBlock) {
  ImageU8 plain(Shape{1, 5, 16});  // five equal blocks
  const Bytes flat = Encrypt("broken_aes_ecb", plain, nonce_);
  for (size_t block = 1; block < 5; ++block)
    EXPECT_TRUE(std::equal(
        flat.begin(), flat.begin() + 16, flat.begin() + static_cast<std::ptrdiff_t>(16 * block)));
  plain.data[40] ^= 1;
  const Bytes difference = Xor(Encrypt("broken_aes_ecb", plain, nonce_), flat);
  for (size_t i = 0; i < difference.size(); ++i) {
    if (i / 16 == 40 / 16) continue;
    EXPECT_EQ(difference[i], 0) << i;
  }
}

// FIPS-197, appendix C.3: AES-256 of one block.
TEST_F(Planted, EcbIsAes) {
  key_ = FromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  const ImageU8 block(Shape{1, 4, 4}, FromHex("00112233445566778899aabbccddeeff"));
  EXPECT_EQ(ToHex(Encrypt("broken_aes_ecb", block, nonce_)), "8ea2b7ca516745bfeafc49904b496089");
}

TEST_F(Planted, LcgChainDecryptsUnderAnyKey) {
  const ImageU8 plain = Random({3, 20, 21}, "lcg");
  const auto cipher = registry_.Create("broken_lcg_chain");
  EXPECT_EQ(cipher->Decrypt(cipher->Encrypt(plain, key_, nonce_), Bytes(32), Digest{}), plain);
}

TEST_F(Planted, AffineIsAffineForEverySizeAndNonce) {
  for (const Shape shape : {Shape{1, 1, 1}, {1, 1, 2}, {3, 9, 11}}) {
    const ImageU8 p = Random(shape, "p");
    const ImageU8 q = Random(shape, "q");
    ImageU8 sum(shape);
    for (size_t i = 0; i < sum.data.size(); ++i)
      sum.data[i] = static_cast<uint8_t>(p.data[i] + q.data[i]);
    const auto e = [&](const ImageU8& image) { return Encrypt("broken_affine", image, nonce_); };
    const Bytes ep = e(p), eq = e(q), zero = e(ImageU8(shape)), esum = e(sum);
    for (size_t i = 0; i < esum.size(); ++i)
      ASSERT_EQ(esum[i], static_cast<uint8_t>(ep[i] + eq[i] - zero[i]));
  }
}

TEST_F(Planted, HashOnlyHas256PadsAndNoDiffusionOfItsOwn) {
  ImageU8 plain = Random({1, 16, 16}, "hash");
  const Bytes before = Encrypt("broken_hash_only", plain, nonce_);
  plain.data[100] ^= 1;
  const Bytes frozen = Xor(Encrypt("broken_hash_only", plain, nonce_), before);
  EXPECT_EQ(std::count(frozen.begin(), frozen.end(), 0), 255);
  Digest same_fold = nonce_;
  same_fold[3] ^= 0x5a;
  same_fold[9] ^= 0x5a;
  EXPECT_EQ(Xor(Encrypt("broken_hash_only", plain, same_fold), before), frozen);
}

// What makes them good controls: one changed byte changes 255/256 of the ciphertext of these two.
TEST_F(Planted, TheChainsPassTheUsualDifferentialStatistic) {
  const Shape shape{1, 128, 128};
  ImageU8 plain = Random(shape, "npcr");
  for (const char* name : {"broken_lcg_chain", "broken_affine"}) {
    double worst = 1;
    for (const size_t at : {size_t{0}, shape.size() / 2, shape.size() - 1}) {
      const Bytes before = Encrypt(name, plain, nonce_);
      ImageU8 changed = plain;
      changed.data[at] ^= 1;
      const Bytes difference = Xor(Encrypt(name, changed, nonce_), before);
      const double same = static_cast<double>(std::count(difference.begin(), difference.end(), 0));
      worst = std::min(worst, 1 - same / static_cast<double>(shape.size()));
    }
    // N* at the 0.05 level for 128 x 128 (Wu, Noonan, Agaian 2011): 99.52922 %.
    EXPECT_GT(worst, 0.9952922) << name;
  }
}

}  // namespace
}  // namespace chaosense
