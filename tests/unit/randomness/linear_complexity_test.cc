#include "core/randomness/linear_complexity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/base/random.h"
#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

// Berlekamp-Massey as in textbooks (Massey 1969), one bit at a time.
int Textbook(const BitSequence& s, size_t begin, size_t n) {
  std::vector<int> c(n + 1), b(n + 1);
  c[0] = b[0] = 1;
  int l = 0;
  int m = -1;
  for (int i = 0; i < static_cast<int>(n); ++i) {
    int d = 0;
    for (int j = 0; j <= l; ++j)
      d ^= c[static_cast<size_t>(j)] & s[begin + static_cast<size_t>(i - j)];
    if (d == 0) continue;
    const std::vector<int> t = c;
    for (int j = 0; j + i - m <= static_cast<int>(n); ++j)
      c[static_cast<size_t>(j + i - m)] ^= b[static_cast<size_t>(j)];
    if (2 * l <= i) {
      l = i + 1 - l;
      m = i;
      b = t;
    }
  }
  return l;
}

// SP 800-22, section 2.10.8: 1101011110001 has complexity 4.
TEST(LinearComplexity, DocumentsExample) {
  EXPECT_EQ(LinearComplexity(BitSequence::FromText("1101011110001"), 0, 13), 4);
}

TEST(LinearComplexity, ExtremeSequences) {
  EXPECT_EQ(LinearComplexity(BitSequence::FromText(std::string(700, '0')), 0, 700), 0);
  EXPECT_EQ(LinearComplexity(BitSequence::FromText(std::string(700, '1')), 0, 700), 1);
  EXPECT_EQ(LinearComplexity(BitSequence::FromText(std::string(699, '0') + "1"), 0, 700), 700);
  EXPECT_EQ(LinearComplexity(BitSequence::FromText("1"), 0, 0), 0);
}

TEST(LinearComplexity, WordsAgreeWithTheTextbook) {
  RandomStream random("linear complexity");
  const BitSequence bits = BitSequence::FromBytes(random.RandomBytes(400));
  for (const size_t length : {1, 2, 5, 63, 64, 65, 127, 128, 200, 500, 511, 512, 513, 1000}) {
    for (const size_t begin : {0, 1, 77, 1000}) {
      EXPECT_EQ(LinearComplexity(bits, begin, length), Textbook(bits, begin, length))
          << length << " from " << begin;
    }
  }
}

TEST(LinearComplexity, ShiftRegisterOf31BitsIsFound) {
  uint32_t state = 1;
  std::string text;
  for (int i = 0; i < 4000; ++i) {  // x^31 + x^3 + 1, primitive
    text += (state & 1) != 0 ? '1' : '0';
    state = state >> 1 | ((state ^ state >> 3) & 1) << 30;
  }
  const BitSequence bits = BitSequence::FromText(text);
  EXPECT_EQ(LinearComplexity(bits, 0, 4000), 31);
  EXPECT_EQ(LinearComplexity(bits, 999, 500), 31);
}

// All 2^n sequences of n bits, classed by the definition of T (section 3.10).
TEST(LinearComplexity, ExactClassesAreThoseOfAllSequences) {
  for (const int n : {12, 13}) {
    std::vector<double> counted(7);
    const double mean =
        n / 2.0 + (9.0 + (n % 2 == 0 ? -1 : 1)) / 36.0 - (n / 3.0 + 2.0 / 9.0) / (1 << n);
    for (int word = 0; word < 1 << n; ++word) {
      std::string text;
      for (int bit = 0; bit < n; ++bit) text += (word >> bit & 1) != 0 ? '1' : '0';
      const int l = Textbook(BitSequence::FromText(text), 0, static_cast<size_t>(n));
      const double t = (n % 2 == 0 ? 1 : -1) * (l - mean) + 2.0 / 9.0;
      size_t k = 0;
      while (k < 6 && t > -2.5 + static_cast<double>(k)) ++k;
      counted[k] += 1.0 / (1 << n);
    }
    const std::vector<double> exact = ExactLinearComplexityProbabilities(n);
    for (size_t k = 0; k < 7; ++k) EXPECT_NEAR(exact[k], counted[k], 1e-12) << n << " " << k;
  }
}

// Section 3.10: 1/96, 1/32, 1/8, 1/2, 1/4, 1/16, 1/48 in the limit.
TEST(LinearComplexity, ExactClassesApproachTheLimit) {
  const double limit[] = {1.0 / 96, 1.0 / 32, 1.0 / 8, 1.0 / 2, 1.0 / 4, 1.0 / 16, 1.0 / 48};
  const std::vector<double> exact = ExactLinearComplexityProbabilities(500);
  for (size_t k = 0; k < 7; ++k) EXPECT_NEAR(exact[k], limit[k], 1e-12) << k;
}

}  // namespace
}  // namespace chaosense
