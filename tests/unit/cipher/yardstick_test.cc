// Published vectors of the standard ciphers.
#include "core/cipher/yardstick.h"

#include <gtest/gtest.h>

#include <string_view>

#include "core/base/hash.h"

namespace chaosense {
namespace {

constexpr std::string_view kSunscreen =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";

Bytes BytesOf(std::string_view text) { return Bytes(text.begin(), text.end()); }

// NIST SP 800-38A, F.5.5 CTR-AES256.Encrypt.
TEST(Yardstick, Aes256Ctr) {
  const Bytes key = FromHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  const Bytes counter = FromHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
  const Bytes plain = FromHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
  const Bytes cipher = ApplyStreamCipher(Yardstick::kAes256Ctr, key, counter, plain);
  EXPECT_EQ(ToHex(cipher), "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
  EXPECT_EQ(ApplyStreamCipher(Yardstick::kAes256Ctr, key, counter, cipher), plain);
}

// RFC 8439, 2.4.2: block counter 1, nonce 000000000000004a00000000.
TEST(Yardstick, ChaCha20) {
  const Bytes key = FromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  const Bytes iv = FromHex("01000000000000000000004a00000000");
  const Bytes cipher = ApplyStreamCipher(Yardstick::kChaCha20, key, iv, BytesOf(kSunscreen));
  EXPECT_EQ(ToHex(cipher).substr(0, 64),
            "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b");
}

// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
TEST(Yardstick, Aes256Gcm) {
  const Bytes key = FromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const Bytes iv = FromHex("cafebabefacedbaddecaf888");
  const Bytes associated = FromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Bytes plain = FromHex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6"
      "b525b16aedf5aa0de6"
      "57ba637b39");
  const Sealed sealed = Seal(Yardstick::kAes256Gcm, key, iv, associated, plain);
  EXPECT_EQ(ToHex(sealed.ciphertext),
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b"
            "1056828838c5f61e6393ba"
            "7a0abcc9f662");
  EXPECT_EQ(ToHex(sealed.tag), "76fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(Unseal(Yardstick::kAes256Gcm, key, iv, associated, sealed.ciphertext, sealed.tag),
            plain);
}

// RFC 8439, 2.8.2.
TEST(Yardstick, ChaCha20Poly1305) {
  const Bytes key = FromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const Bytes iv = FromHex("070000004041424344454647");
  const Bytes associated = FromHex("50515253c0c1c2c3c4c5c6c7");
  const Sealed sealed =
      Seal(Yardstick::kChaCha20Poly1305, key, iv, associated, BytesOf(kSunscreen));
  EXPECT_EQ(ToHex(sealed.ciphertext).substr(0, 64),
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6");
  EXPECT_EQ(ToHex(sealed.tag), "1ae10b594f09e26a7e902ecbd0600691");
}

TEST(Yardstick, AuthenticationSeesEveryPart) {
  for (const Yardstick algorithm : {Yardstick::kAes256Gcm, Yardstick::kChaCha20Poly1305}) {
    const Bytes key(32, 1);
    const Bytes iv(12, 2);
    const Bytes associated(5, 3);
    const Sealed sealed = Seal(algorithm, key, iv, associated, Bytes(40, 4));
    const auto flipped = [](Bytes bytes) {
      bytes.back() ^= 1;
      return bytes;
    };
    EXPECT_TRUE(Unseal(algorithm, key, iv, associated, sealed.ciphertext, sealed.tag).has_value());
    EXPECT_FALSE(
        Unseal(algorithm, flipped(key), iv, associated, sealed.ciphertext, sealed.tag).has_value());
    EXPECT_FALSE(
        Unseal(algorithm, key, flipped(iv), associated, sealed.ciphertext, sealed.tag).has_value());
    EXPECT_FALSE(
        Unseal(algorithm, key, iv, flipped(associated), sealed.ciphertext, sealed.tag).has_value());
    EXPECT_FALSE(
        Unseal(algorithm, key, iv, associated, flipped(sealed.ciphertext), sealed.tag).has_value());
    EXPECT_FALSE(
        Unseal(algorithm, key, iv, associated, sealed.ciphertext, flipped(sealed.tag)).has_value());
    EXPECT_FALSE(Unseal(algorithm, key, iv, associated, sealed.ciphertext, {}).has_value());
  }
}

}  // namespace
}  // namespace chaosense
