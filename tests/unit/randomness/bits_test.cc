#include "core/randomness/bits.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace chaosense {
namespace {

TEST(BitSequence, BytesGiveTheirHighestBitFirst) {
  const Bytes bytes = {0xc9, 0x0f};
  const BitSequence bits = BitSequence::FromBytes(bytes);
  const BitSequence text = BitSequence::FromText("1100100100001111");
  ASSERT_EQ(bits.size(), 16U);
  for (size_t i = 0; i < 16; ++i) EXPECT_EQ(bits[i], text[i]) << i;
}

TEST(BitSequence, AnySkipAndLengthAgreesWithBitByBit) {
  RandomStream random("bits");
  const Bytes bytes = random.RandomBytes(60);
  for (const size_t skip : {0, 1, 7, 8, 13, 64, 65}) {
    for (const size_t length : {0, 1, 63, 64, 65, 129, 300}) {
      const BitSequence bits = BitSequence::FromBytes(bytes, length, skip);
      ASSERT_EQ(bits.size(), length);
      int64_t ones = 0;
      for (size_t i = 0; i < length; ++i) {
        const size_t at = skip + i;
        const bool expected = (bytes[at / 8] >> (7 - at % 8) & 1) != 0;
        ASSERT_EQ(bits[i], expected) << skip << " " << length << " " << i;
        ones += expected;
      }
      EXPECT_EQ(bits.Ones(), ones);
      EXPECT_EQ(bits.Word(length), 0U);
    }
  }
}

TEST(BitSequence, WindowsStartAtTheLowestBit) {
  const BitSequence bits = BitSequence::FromText(std::string(62, '0') + "1101" + "0");
  EXPECT_EQ(bits.Window(62, 4), 0b1011U);
  EXPECT_EQ(bits.Window(61, 2), 0b10U);
  EXPECT_EQ(bits.Window(64, 3), 0b10U);
}

TEST(BitSequence, PlaneTakesOneBitOfEachByte) {
  const Bytes bytes = {1, 2, 3, 0x80};
  const BitSequence low = BitSequence::Plane(bytes, 0);
  EXPECT_EQ(low.Ones(), 2);
  EXPECT_TRUE(low[0] && low[2]);
  EXPECT_EQ(BitSequence::Plane(bytes, 7).Window(0, 4), 0b1000U);
}

}  // namespace
}  // namespace chaosense
