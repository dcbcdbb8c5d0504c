#include "core/attacks/oracle.h"

#include <gtest/gtest.h>

#include "tests/unit/attacks/test_ciphers.h"

namespace chaosense {
namespace {

CipherRegistry Builtin() {
  CipherRegistry registry("cipher");
  RegisterBuiltinCiphers(registry);
  return registry;
}

const ImageU8 kPlain(Shape{1, 2, 2}, {1, 2, 3, 4});
const ImageU8 kOther(Shape{1, 2, 2}, {1, 2, 3, 5});

TEST(Oracle, FrozenMeansOneNonce) {
  const auto cipher = Builtin().Create("aes256_ctr");
  Oracle oracle(*cipher, Bytes(32), NonceMode::kFrozen, "test");
  EXPECT_EQ(oracle.Encrypt(kPlain).nonce, oracle.Encrypt(kOther).nonce);
}

TEST(Oracle, LiveMeansTheHashForPlaintextBoundCiphers) {
  const auto cipher = Builtin().Create("paper");
  Oracle oracle(*cipher, Bytes(32), NonceMode::kLive, "test");
  EXPECT_EQ(oracle.Encrypt(kPlain).nonce, PlaintextHash(kPlain));
  EXPECT_EQ(oracle.Encrypt(kOther).nonce, PlaintextHash(kOther));
}

TEST(Oracle, LiveMeansAFreshNonceForTheOthers) {
  const auto cipher = Builtin().Create("aes256_ctr");
  Oracle oracle(*cipher, Bytes(32), NonceMode::kLive, "test");
  const Oracle::Answer first = oracle.Encrypt(kPlain);
  const Oracle::Answer second = oracle.Encrypt(kPlain);
  EXPECT_NE(first.nonce, second.nonce);
  EXPECT_EQ(oracle.Decrypt(first.cipher, first.nonce), kPlain);
  EXPECT_EQ(oracle.Decrypt(second.cipher, second.nonce), kPlain);
}

TEST(Oracle, CountsEveryQuestion) {
  const auto cipher = Builtin().Create("aes256_gcm");
  Oracle oracle(*cipher, Bytes(32), NonceMode::kLive, "test");
  const Oracle::Answer answer = oracle.Encrypt(kPlain);
  Ciphertext altered = answer.cipher;
  altered.bytes.data[0] ^= 1;
  EXPECT_FALSE(oracle.Decrypt(altered, answer.nonce).has_value());
  EXPECT_EQ(oracle.encryptions(), 1);
  EXPECT_EQ(oracle.decryptions(), 1);
  EXPECT_EQ(oracle.queries(), 2);
}

}  // namespace
}  // namespace chaosense
