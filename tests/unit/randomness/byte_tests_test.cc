#include "core/randomness/byte_tests.h"

#include <gmock/gmock.h>

#include <map>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/randomness/byte_battery.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

// Menezes, van Oorschot, Vanstone, Handbook of Applied Cryptography, example 5.31: 160 bits.
BitSequence HandbookBits() {
  std::string text;
  for (int i = 0; i < 4; ++i) text += "1110001100010001010011101111001001001001";
  return BitSequence::FromText(text);
}

TEST(ByteTests, HandbookExample) {
  const BitSequence bits = HandbookBits();
  ASSERT_EQ(bits.size(), 160U);
  EXPECT_NEAR(PokerTest(bits, 3).statistic, 9.6415, 1e-3);  // printed with rounding
  EXPECT_NEAR(BitAutocorrelationTest(bits, 8).statistic, 3.8933, 5e-5);
  const RunCounts runs = CountRuns(bits);
  EXPECT_EQ(runs.blocks[0], 25);
  EXPECT_EQ(runs.blocks[1], 4);
  EXPECT_EQ(runs.blocks[2], 5);
  EXPECT_EQ(runs.gaps[0], 8);
  EXPECT_EQ(runs.gaps[1], 20);
  EXPECT_EQ(runs.gaps[2], 12);
}

TEST(ByteTests, RunsLongerThanAWord) {
  const RunCounts runs =
      CountRuns(BitSequence::FromText(std::string(130, '1') + std::string(64, '0') + "1"));
  EXPECT_EQ(runs.blocks[129], 1);
  EXPECT_EQ(runs.blocks[0], 1);
  EXPECT_EQ(runs.gaps[63], 1);
}

// chi2 = 293.2478 is the upper 5 % point of 255 degrees (any table).
TEST(ByteTests, TwoSidedTails) {
  EXPECT_NEAR(TwoSidedChiSquare(293.247835, 255), 0.1, 1e-7);
  EXPECT_EQ(TwoSidedChiSquare(0, 255), 0);
  EXPECT_EQ(TwoSidedChiSquare(1e9, 255), 0);
  EXPECT_EQ(TwoSidedChiSquare(1e-300, 65535), 0);
  EXPECT_EQ(TwoSidedPoisson(1e8, 0.03), 0);
  EXPECT_NEAR(TwoSidedPoisson(0, 0.03), 1, 1e-12);
  EXPECT_NEAR(TwoSidedPoisson(3, 0.1), 2 * 1.5465e-4, 1e-8);  // 1 - e^-0.1 (1 + 0.1 + 0.005)
  EXPECT_NEAR(TwoSidedBinomial(0, 10, 0.5), 2.0 / 1024, 1e-12);
  EXPECT_EQ(TwoSidedBinomial(5, 10, 0.5), 1);
  EXPECT_NEAR(TwoSidedChiSquare(254.33, 255), 1, 1e-3);
}

// Every p-value of good data must be uniform: the share of p below 0.01 over 150 streams, each test
// on its own.
TEST(ByteTests, PValuesOfGoodDataAreUniform) {
  std::map<std::string, std::array<int, 3>> counts;  // below 0.01, below 0.1, all
  constexpr int kStreams = 60;
  for (int i = 0; i < kStreams; ++i) {
    RandomStream random("byte tests " + std::to_string(i));
    for (const TestOutcome& outcome : RunByteTests(random.RandomBytes(20000))) {
      if (!outcome.applicable()) continue;
      EXPECT_GE(outcome.p_value, 0) << outcome.Name();
      EXPECT_LE(outcome.p_value, 1) << outcome.Name();
      std::array<int, 3>& count = counts[outcome.test];
      count[0] += outcome.p_value < 0.01;
      count[1] += outcome.p_value < 0.1;
      ++count[2];
    }
  }
  EXPECT_EQ(counts.size(), 11U);
  for (const auto& [name, count] : counts) {
    // Complexity and RepeatedWords are discrete: their p-values are conservative.
    const bool discrete = name == "Complexity" || name == "RepeatedWords";
    const double all = count[2];
    // 6 sd; within one stream the lags and planes are nearly independent.
    EXPECT_LT(count[0], 0.01 * all + 6 * std::sqrt(0.0099 * all)) << name << " of " << all;
    EXPECT_LT(count[1], 0.1 * all + 6 * std::sqrt(0.09 * all)) << name << " of " << all;
    if (!discrete) {
      EXPECT_GT(count[1], 0.1 * all - 6 * std::sqrt(0.09 * all)) << name << " of " << all;
    }
  }
}

double SmallestP(const TestOutcomes& outcomes, const std::string& test) {
  double p = 2;
  for (const TestOutcome& one : outcomes) {
    if (one.test == test && one.applicable()) p = std::min(p, one.p_value);
  }
  return p;
}

// One planted weakness a test.
TEST(ByteTests, EachTestSeesItsWeakness) {
  RandomStream random("weak");
  constexpr size_t kN = 65536;
  const auto make = [&](auto change) {
    Bytes bytes = random.RandomBytes(kN);
    for (size_t i = 0; i < kN; ++i) change(bytes, i);
    return bytes;
  };
  const auto p = [](const Bytes& bytes, const std::string& test) {
    return SmallestP(RunByteTests(bytes, {test}), test);
  };
  const Bytes no_zero = make([](Bytes& b, size_t i) { b[i] = b[i] == 0 ? 1 : b[i]; });
  EXPECT_LT(p(no_zero, "ByteChiSquare"), 1e-10);
  EXPECT_LT(p(no_zero, "ByteEntropy"), 1e-10);
  const Bytes counter = make([](Bytes& b, size_t i) { b[i] = static_cast<uint8_t>(i * 37); });
  EXPECT_LT(p(counter, "ByteChiSquare"), 1e-100);  // too even
  EXPECT_LT(p(counter, "RepeatedWords"), 1e-10);
  const Bytes bit = make([&](Bytes& b, size_t i) {
    if (i % 8 == 0) b[i] |= 1;
  });
  EXPECT_LT(p(bit, "BitPlane"), 1e-10);
  const Bytes echo = make([](Bytes& b, size_t i) {
    if (i >= 256 && i % 2 == 0) b[i] = static_cast<uint8_t>((b[i] & 0xfe) | (b[i - 256] & 1));
  });
  EXPECT_LT(p(echo, "BitAutocorrelation"), 1e-10);
  const Bytes drift = make([](Bytes& b, size_t i) {
    if (i >= 4 && i % 8 == 0) b[i] = b[i - 4];
  });
  EXPECT_LT(p(drift, "ByteAutocorrelation"), 1e-10);
  EXPECT_LT(p(drift, "NibblePairs"), 1e-10);
  const Bytes weights = make([](Bytes& b, size_t i) {
    if (i % 4 == 3 && i % 16 == 3) b[i] = static_cast<uint8_t>(~b[i - 1]);
  });
  EXPECT_LT(p(weights, "Weights"), 1e-10);
  const Bytes runs = make([](Bytes& b, size_t i) {
    if (i % 8 == 0) b[i] = 0x0f;
  });
  EXPECT_LT(p(runs, "RunLengths"), 1e-10);
  const Bytes nibble = make([](Bytes& b, size_t i) {
    if (i % 16 == 0) b[i] = 0x33;
  });
  EXPECT_LT(p(nibble, "Poker"), 1e-10);
}

TEST(ByteTests, ShiftRegisterAndLowWeightBitAreLinear) {
  uint64_t state = 88172645463325252;  // xorshift64 (Marsaglia 2003)
  Bytes bytes(8192);
  for (uint8_t& byte : bytes) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    byte = static_cast<uint8_t>(state >> 32);
  }
  EXPECT_LT(SmallestP(RunByteTests(bytes), "Complexity"), 1e-10);
  EXPECT_GT(SmallestP(RunByteTests(bytes), "ByteChiSquare"), 1e-4);
}

TEST(ByteTests, ShortDataIsNotApplicable) {
  for (const TestOutcome& outcome : RunByteTests(Bytes(10))) {
    EXPECT_FALSE(outcome.applicable()) << outcome.Name();
    EXPECT_THAT(outcome.not_applicable, HasSubstr("needed")) << outcome.Name();
  }
  EXPECT_FALSE(RunByteTests(Bytes()).empty());
}

TEST(ByteTests, UnknownNamesAreErrors) { EXPECT_THROW(RunByteTests(Bytes(10), {"Pokr"}), Error); }

}  // namespace
}  // namespace chaosense
