#include "core/cipher/diffusion.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "core/base/random.h"

namespace chaosense {
namespace {

// Reals from a list, over and over.
class ListKeystream final : public Keystream {
 public:
  explicit ListKeystream(std::vector<double> reals) : reals_(std::move(reals)) {}
  double NextReal() override { return reals_[at_++ % reals_.size()]; }

 private:
  std::vector<double> reals_;
  size_t at_ = 0;
};

TEST(Keystream, ExtractsBytesAndIntegersAsStated) {
  // floor(s 2^32) mod 256 and floor(s 10^14) mod n, by hand.
  EXPECT_EQ(ListKeystream({0x1p-32 * 5}).NextByte(), 5);
  EXPECT_EQ(ListKeystream({0.5 + 0x1p-32 * 255}).NextByte(), 255);
  EXPECT_EQ(ListKeystream({0x1p-24}).NextByte(), 0);
  EXPECT_EQ(ListKeystream({1.0 - 0x1p-53}).NextByte(), 255);
  EXPECT_EQ(ListKeystream({0.25}).NextBelow(7), 25000000000000ULL % 7);
}

TEST(Diffusion, VectorsByHand) {
  std::vector<uint8_t> data = {10, 0, 255};
  const std::vector<uint8_t> key = {3, 1, 255};
  DecomposeVectors(data, key);
  EXPECT_EQ(data, (std::vector<uint8_t>{7, 255, 0}));
  ComposeVectors(data, key);
  EXPECT_EQ(data, (std::vector<uint8_t>{10, 0, 255}));
}

TEST(Diffusion, LinearChainByHand) {
  std::vector<uint8_t> data = {10, 20, 30};
  const ChainKey key{{5, 99}, {1, 2, 3}};
  ChainForward(data, key, nullptr);  // 10-1-5 = 4, 20-2-4 = 14, 30-3-14 = 13
  EXPECT_EQ(data, (std::vector<uint8_t>{4, 14, 13}));
  UnchainForward(data, key, nullptr);
  EXPECT_EQ(data, (std::vector<uint8_t>{10, 20, 30}));
  ChainBackward(data, key, nullptr);  // 30-3-5 = 22, 20-2-22 = -4, 10-1+4 = 13
  EXPECT_EQ(data, (std::vector<uint8_t>{13, 252, 22}));
}

TEST(Diffusion, SubstitutionChainByHand) {
  Substitution s;
  for (size_t i = 0; i < 256; ++i) s[i] = static_cast<uint8_t>(i ^ 0xff);
  std::vector<uint8_t> data = {10, 20};
  const ChainKey key{{5, 9}, {1, 2}};
  // S[9] = 246, 5+246 = 251, S[251] = 4: 10-1-4 = 5. S[5] = 250, 5+250 = 255, S[255] = 0: 20-2-0
  // = 18.
  ChainForward(data, key, &s);
  EXPECT_EQ(data, (std::vector<uint8_t>{5, 18}));
}

TEST(Diffusion, SubstitutionIsAPermutation) {
  RandomStream random("reals");
  std::vector<double> reals(1000);
  for (double& real : reals) real = random.Uniform();
  ListKeystream keystream(reals);
  Substitution s = DrawSubstitution(keystream);
  Substitution identity;
  std::iota(identity.begin(), identity.end(), uint8_t{0});
  EXPECT_NE(s, identity);
  std::sort(s.begin(), s.end());
  EXPECT_EQ(s, identity);
}

RC_GTEST_PROP(Diffusion, ChainsAreUndone, (const std::vector<uint8_t>& plain)) {
  RandomStream random("chain " + std::to_string(plain.size()));
  ChainKey key{{static_cast<uint8_t>(random.Next()), static_cast<uint8_t>(random.Next())},
               random.RandomBytes(plain.size())};
  Substitution s;
  std::iota(s.begin(), s.end(), uint8_t{0});
  Shuffle(s, random);
  for (const Substitution* substitution :
       {static_cast<const Substitution*>(nullptr), static_cast<const Substitution*>(&s)}) {
    std::vector<uint8_t> data = plain;
    ChainForward(data, key, substitution);
    UnchainForward(data, key, substitution);
    RC_ASSERT(data == plain);
    ChainBackward(data, key, substitution);
    UnchainBackward(data, key, substitution);
    RC_ASSERT(data == plain);
  }
}

// A change runs on to the end and never dies out, in one forward pass.
TEST(Diffusion, AChangeRunsOn) {
  RandomStream random("runs on");
  Substitution s;
  std::iota(s.begin(), s.end(), uint8_t{0});
  Shuffle(s, random);
  std::vector<uint8_t> plain = random.RandomBytes(10000);
  const ChainKey key{{1, 2}, random.RandomBytes(plain.size())};
  std::vector<uint8_t> other = plain;
  other[100] ^= 128;
  ChainForward(plain, key, &s);
  ChainForward(other, key, &s);
  int same = 0;
  for (size_t i = 0; i < 100; ++i) EXPECT_EQ(plain[i], other[i]);
  for (size_t i = 100; i < plain.size(); ++i) same += plain[i] == other[i] ? 1 : 0;
  EXPECT_LT(same, 80);  // 9900 / 256 = 39 expected
}

}  // namespace
}  // namespace chaosense
