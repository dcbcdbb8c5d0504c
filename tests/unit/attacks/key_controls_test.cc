// The checks of the key, A6, A7 and A12, fire on ciphers that have their flaw.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/attacks/test_ciphers.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

// x0 and 1 - x0 start one logistic orbit.
TEST(A6, NegatedLogisticSeedsEncryptAlike) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest&, size_t size) {
    uint64_t field = 0;
    for (size_t i = 8; i-- > 0;) field = field << 8 | key[i];  // low byte first
    double x = static_cast<double>(field & ((uint64_t{1} << 52) - 1)) * 0x1p-52;
    Bytes pad;
    for (size_t i = 0; i < 32; ++i) x = 4 * (x * (1 - x));
    for (size_t i = 0; i < size; ++i) {
      x = 4 * (x * (1 - x));
      pad.push_back(static_cast<uint8_t>(static_cast<uint64_t>(x * 0x1p32)));
    }
    return pad;
  });
  const CheckResult result = RunNamed("a6", MakeTarget(cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kWeak) << result.evidence;
  EXPECT_THAT(result.evidence, HasSubstr("negated"));
}

TEST(A7, AllZeroKeyOfAMultiplicativeGeneratorIsWeak) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest&, size_t size) {
    uint64_t state = 0;
    for (size_t i = 0; i < 8; ++i) state = state << 8 | key[i];
    Bytes pad;
    for (size_t i = 0; i < size; ++i) {
      state *= 6364136223846793005u;  // 0 stays 0
      pad.push_back(static_cast<uint8_t>(state >> 56));
    }
    return pad;
  });
  const CheckResult result = RunNamed("a7", MakeTarget(cipher, NonceMode::kFrozen));
  EXPECT_EQ(result.verdict, Verdict::kWeak) << result.evidence;
  EXPECT_GT(NumberOf(result, "weak_suspect_keys"), 0);
  EXPECT_EQ(NumberOf(result, "weak_random_keys"), 0);
}

TEST(A12, UnusedKeyBitsAreCounted) {
  const auto using_bytes = [](size_t count) {
    return XorCipher([count](auto key, const Digest& nonce, size_t size) {
      return GoodPad(key.subspan(0, count), nonce, size);
    });
  };
  const FunctionCipher short_key = using_bytes(5);
  const CheckResult broken = RunNamed("a12", MakeTarget(short_key, NonceMode::kLive));
  EXPECT_EQ(broken.verdict, Verdict::kBroken);
  EXPECT_EQ(NumberOf(broken, "key_bits_that_count_least"), 40);
  const FunctionCipher shorter = using_bytes(31);
  EXPECT_EQ(RunNamed("a12", MakeTarget(shorter, NonceMode::kLive)).verdict, Verdict::kWeak);
}

// Every bit of the key counts, and there are 65,536 keys.
TEST(A12, SixteenBitsBehindAHashAreFoundByTrying) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest& nonce, size_t size) {
    const Digest hash = Sha256Of(key);
    return GoodPad(std::span(hash).first(2), nonce, size);
  });
  const AuditTarget target = MakeTarget(cipher, NonceMode::kLive);
  AuditBudget budget = SmallBudget();
  budget.collision_keys = 1 << 14;
  const CheckResult result = RunCheck(*FindCheck("a12"), target, budget);
  EXPECT_EQ(result.verdict, Verdict::kBroken) << result.evidence;
  EXPECT_EQ(NumberOf(result, "key_bits_that_count_least"), 256);
  EXPECT_NEAR(NumberOf(result, "key_space_bits"), 16, 0.1);
  EXPECT_GT(NumberOf(result, "key_found_after"), 0);
  EXPECT_EQ(result.queries, 1);
}

TEST(A12, TwentyBitsBehindAHashCollide) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest& nonce, size_t size) {
    Digest hash = Sha256Of(key);
    hash[2] &= 0x0f;
    return GoodPad(std::span(hash).first(3), nonce, size);
  });
  AuditBudget budget = SmallBudget();
  budget.collision_keys = 1 << 13;
  const CheckResult result =
      RunCheck(*FindCheck("a12"), MakeTarget(cipher, NonceMode::kFrozen), budget);
  EXPECT_EQ(result.verdict, Verdict::kWeak) << result.evidence;
  EXPECT_NEAR(NumberOf(result, "key_space_bits"), 20, 0.6);  // about 32 pairs
  EXPECT_EQ(NumberOf(result, "key_found_after"), 0);
}

TEST(A12, AllKeyBitsInUseShowWhatCollisionsCanShow) {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  const auto aes = registry.Create("aes256_ctr");
  const CheckResult result = RunNamed("a12", MakeTarget(*aes, NonceMode::kLive, "aes256_ctr"));
  EXPECT_EQ(result.verdict, Verdict::kPassed);
  EXPECT_EQ(NumberOf(result, "colliding_pairs"), 0);
  // 2,048 keys: K below 2048 * 2047 / 2 / ln 1000 would have shown a pair in 999 of 1000 cases.
  EXPECT_NEAR(
      NumberOf(result, "key_space_bits"), std::log2(2048 * 2047 / 2 / std::log(1000)), 1e-9);
  EXPECT_THAT(result.evidence, HasSubstr("at least 18.2 bits by collisions"));
}

TEST(A12, KeyBitsThatReachAPartOnlyAreWeak) {
  const FunctionCipher cipher = XorCipher([](auto key, const Digest& nonce, size_t size) {
    Bytes pad = GoodPad(key.subspan(0, 16), nonce, size / 2);
    const Bytes rest = GoodPad(key.subspan(16), nonce, size - size / 2);
    pad.insert(pad.end(), rest.begin(), rest.end());
    return pad;
  });
  const CheckResult result = RunNamed("a12", MakeTarget(cipher, NonceMode::kLive));
  EXPECT_EQ(result.verdict, Verdict::kWeak);
  EXPECT_EQ(NumberOf(result, "key_bits_that_count_least"), 256);
}

}  // namespace
}  // namespace chaosense
