#include "core/cipher/passphrase.h"

#include <gtest/gtest.h>

#include "core/base/hash.h"

namespace chaosense {
namespace {

Bytes Text(std::string_view text) { return {text.begin(), text.end()}; }

// RFC 7914, section 12.
TEST(Passphrase, ScryptsRfcVector) {
  EXPECT_EQ(ToHex(Scrypt("pleaseletmein", {16384, 8, 1, Text("SodiumChloride")}, 64)),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

TEST(Passphrase, WhatAFileMayAskForIsLimited) {
  const Bytes salt(16);
  EXPECT_TRUE(Affordable({1 << 17, 8, 1, salt}));
  EXPECT_TRUE(Affordable(RandomScryptParameters()));
  EXPECT_FALSE(Affordable({(1 << 17) + 1, 8, 1, salt})) << "no power of two";
  EXPECT_FALSE(Affordable({0, 8, 1, salt}));
  EXPECT_FALSE(Affordable({1 << 17, 0, 1, salt}));
  EXPECT_FALSE(Affordable({1 << 17, 8, 0, salt}));
  EXPECT_FALSE(Affordable({1 << 22, 8, 1, salt})) << "4 GiB";
  EXPECT_FALSE(Affordable({1 << 20, 8, 32, salt})) << "an hour";
  EXPECT_FALSE(Affordable({uint64_t{1} << 63, 8, 1, salt}));
  EXPECT_FALSE(Affordable({1 << 17, 8, 1, Bytes(7)}));
  EXPECT_NE(RandomScryptParameters().salt, RandomScryptParameters().salt);
}

}  // namespace
}  // namespace chaosense
