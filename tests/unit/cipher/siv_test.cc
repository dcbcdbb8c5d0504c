#include "core/cipher/siv.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>

#include "core/base/random.h"

namespace chaosense {
namespace {

// RFC 5297, appendix A.1.
TEST(Siv, TheRfcsVector) {
  const Bytes key = FromHex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
  const Bytes associated = FromHex("101112131415161718191a1b1c1d1e1f2021222324252627");
  const Bytes plain = FromHex("112233445566778899aabbccddee");
  const Sealed sealed = SealSiv(key, associated, plain);
  EXPECT_EQ(ToHex(sealed.tag), "85632d07c6e8f37f950acd320a2ecc93");
  EXPECT_EQ(ToHex(sealed.ciphertext), "40c02b9690c4dc04daef7f6afe5c");
  EXPECT_EQ(UnsealSiv(key, associated, sealed.ciphertext, sealed.tag), plain);
}

Bytes Cmac(std::span<const uint8_t> key, const Bytes& message) {
  const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(
      EVP_MAC_fetch(nullptr, "CMAC", nullptr), EVP_MAC_free);
  const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(
      EVP_MAC_CTX_new(mac.get()), EVP_MAC_CTX_free);
  char name[] = "AES-256-CBC";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, name, 0),
                                   OSSL_PARAM_construct_end()};
  Bytes tag(16);
  size_t size = 0;
  EXPECT_EQ(EVP_MAC_init(context.get(), key.data(), key.size(), parameters), 1);
  EXPECT_EQ(EVP_MAC_update(context.get(), message.data(), message.size()), 1);
  EXPECT_EQ(EVP_MAC_final(context.get(), tag.data(), &size, tag.size()), 1);
  return tag;
}

// Doubling in GF(2^128), then exclusive or: RFC 5297, 2.3 and 2.4.
void DoubleAndAdd(Bytes& d, std::span<const uint8_t> other) {
  const bool carry = (d[0] & 0x80) != 0;
  for (size_t i = 0; i < 16; ++i)
    d[i] = static_cast<uint8_t>(d[i] << 1 | (i < 15 ? d[i + 1] >> 7 : 0));
  if (carry) d[15] ^= 0x87;
  for (size_t i = 0; i < 16; ++i) d[i] ^= other[i];
}

// The appendix has AES-128 only; AES-256 is put together from CMAC and CTR as the RFC says.
TEST(Siv, Aes256FollowsTheRfcsConstruction) {
  RandomStream random("siv construction");
  const Bytes key = random.RandomBytes(64);
  const Bytes associated = random.RandomBytes(12);
  const Bytes plain = random.RandomBytes(1000);
  const auto mac_key = std::span(key).first(32);
  Bytes d = Cmac(mac_key, Bytes(16));
  DoubleAndAdd(d, Cmac(mac_key, associated));
  Bytes t = plain;
  for (size_t i = 0; i < 16; ++i) t[t.size() - 16 + i] ^= d[i];
  const Bytes v = Cmac(mac_key, t);
  Bytes counter = v;
  counter[8] &= 0x7f;
  counter[12] &= 0x7f;
  const Sealed sealed = SealSiv(key, associated, plain);
  EXPECT_EQ(sealed.tag, v);
  EXPECT_EQ(sealed.ciphertext,
            ApplyStreamCipher(Yardstick::kAes256Ctr, std::span(key).last(32), counter, plain));
}

TEST(Siv, EveryChangeIsFound) {
  RandomStream random("siv changes");
  const Bytes key = random.RandomBytes(64);
  const Bytes associated = random.RandomBytes(12);
  const Bytes plain = random.RandomBytes(33);
  const Sealed sealed = SealSiv(key, associated, plain);
  const auto open = [&](Bytes k, Bytes a, Bytes c, Bytes t) { return UnsealSiv(k, a, c, t); };
  const auto flipped = [](Bytes bytes) {
    bytes.back() ^= 1;
    return bytes;
  };
  EXPECT_EQ(open(key, associated, sealed.ciphertext, sealed.tag), plain);
  EXPECT_FALSE(open(flipped(key), associated, sealed.ciphertext, sealed.tag));
  EXPECT_FALSE(open(key, flipped(associated), sealed.ciphertext, sealed.tag));
  EXPECT_FALSE(open(key, associated, flipped(sealed.ciphertext), sealed.tag));
  EXPECT_FALSE(open(key, associated, sealed.ciphertext, flipped(sealed.tag)));
  EXPECT_FALSE(open(key, associated, sealed.ciphertext, Bytes(15)));
}

}  // namespace
}  // namespace chaosense
