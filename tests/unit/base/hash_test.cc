#include "core/base/hash.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

// FIPS 180-4 examples: "abc" and the empty message.
TEST(Hash, Sha256KnownAnswers) {
  EXPECT_EQ(ToHex(Sha256Of(std::string_view("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ToHex(Sha256Of(std::string_view(""))),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Hash, PiecesEqualTheWhole) {
  EXPECT_EQ(Sha256().Update("ab").Update("c").Finish(), Sha256Of(std::string_view("abc")));
}

TEST(Hash, HexRoundTripAndErrors) {
  const Bytes bytes = {0x00, 0x7f, 0x80, 0xff};
  EXPECT_EQ(ToHex(bytes), "007f80ff");
  EXPECT_EQ(FromHex("007F80ff"), bytes);
  EXPECT_THROW(FromHex("0"), Error);
  EXPECT_THROW(FromHex("0g"), Error);
}

}  // namespace
}  // namespace chaosense
