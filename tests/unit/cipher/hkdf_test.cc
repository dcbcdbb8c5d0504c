#include "core/base/hkdf.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/hash.h"

namespace chaosense {
namespace {

std::string TextFromHex(const char* hex) {
  const Bytes bytes = FromHex(hex);
  return std::string(bytes.begin(), bytes.end());
}

// RFC 5869, test cases 1 and 3.
TEST(Hkdf, Rfc5869) {
  const Bytes secret(22, 0x0b);
  EXPECT_EQ(
      ToHex(HkdfSha256(
          secret, FromHex("000102030405060708090a0b0c"), TextFromHex("f0f1f2f3f4f5f6f7f8f9"), 42)),
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  EXPECT_EQ(ToHex(HkdfSha256(secret, {}, "", 42)),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, LabelsGiveIndependentKeys) {
  const Bytes secret(32, 7);
  EXPECT_NE(HkdfSha256(secret, {}, "mac", 32), HkdfSha256(secret, {}, "cipher", 32));
}

}  // namespace
}  // namespace chaosense
