// Tests of byte sequences, from what was counted of them (byte_battery.h counts a stream):
// chi-square of bytes, nibbles and pairs, entropy, bits of each weight, autocorrelation of bits and
// bytes, run lengths, pairs at a distance, weights of neighbours, repeated words, linear
// complexity. Every p-value is two-sided, so that "too even" fails as well: twice the smaller tail,
// at most 1.
#ifndef CHAOSENSE_CORE_RANDOMNESS_BYTE_TESTS_H_
#define CHAOSENSE_CORE_RANDOMNESS_BYTE_TESTS_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/randomness/bits.h"
#include "core/randomness/outcome.h"

namespace chaosense {

using ByteHistogram = std::array<int64_t, 256>;

// Twice the smaller tail, at most 1.
double TwoSidedChiSquare(double chi2, double degrees);

// Poker test: chi-square of disjoint m-bit words, 2^m - 1 degrees; counts[w]: how often word w
// came, 2^m of them, m in 1 .. 16. Not applicable below `least_expected` words for each value.
TestOutcome PokerTest(std::span<const int64_t> counts, double least_expected = 5);
TestOutcome PokerTest(const BitSequence& bits, int m, double least_expected = 5);

// G-test of the bytes against the uniform distribution; the statistic is their Shannon entropy in
// bit. 2 N ln 2 (8 - H) with Williams' correction is chi-square of 255 degrees.
TestOutcome ByteEntropyTest(const ByteHistogram& bytes);

// Ones among the bits of place 2^plane: binomial, as a normal deviate.
TestOutcome BitPlaneTest(const ByteHistogram& bytes, int plane);

// How many bits j >= from are unlike bit j - lag (those with j < lag have none to be like).
int64_t UnlikeBits(const BitSequence& bits, size_t lag, size_t from = 0);
// Of `pairs` pairs of bits `lag` apart `unlike` differ: binomial. The statistic is z = 2 (A - pairs
// / 2) / sqrt(pairs) (Menezes, van Oorschot, Vanstone, Handbook of Applied Cryptography, 5.4.4).
TestOutcome BitAutocorrelationTest(int64_t unlike, int64_t pairs, size_t lag);
TestOutcome BitAutocorrelationTest(const BitSequence& bits, size_t lag);
// `sum` of (2 a - 255) (2 b - 255) over `pairs` pairs of bytes `lag` apart: standard normal, over
// its deviation under the uniform distribution.
TestOutcome ByteAutocorrelationTest(int64_t sum, int64_t pairs, size_t lag);

struct RunCounts {
  std::vector<int64_t> blocks;  // runs of ones of length 1, 2, ...
  std::vector<int64_t> gaps;    // runs of zeros
  void Add(bool ones, size_t length);
};
RunCounts CountRuns(const BitSequence& bits);
// Run lengths against the geometric distribution: given their number they are independent, P(length
// k) = 2^-k. `runs`: all but the last, which the end cuts off.
TestOutcome RunLengthTest(const RunCounts& runs);

// Good's serial test of nibbles `lag` bytes apart, on the ring: psi^2 of pairs less psi^2 of single
// nibbles, chi-square of 240 degrees. pairs[16 a + b]: a followed by b; high: the upper nibble of
// each byte, else the lower.
TestOutcome NibblePairTest(const ByteHistogram& pairs, size_t lag, bool high);

// Classes "at most 3, 4, at least 5 ones" of four consecutive bytes: 81 cells.
inline constexpr size_t kWeightCells = 81;
TestOutcome WeightTest(std::span<const int64_t> counts);

// `pairs` equal pairs among the words of `width` bytes (4 or 8) of `bytes` bytes, where `expected`
// are: Poisson. Sees cycles at once, and generators that never repeat a word.
TestOutcome RepeatedWordTest(int64_t pairs, double expected, int width, uint64_t bytes);

// Linear complexity of the first `length` bits against its exact distribution (Rueppel).
TestOutcome ComplexityProfileTest(const BitSequence& bits,
                                  size_t length,
                                  const std::string& variant);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_BYTE_TESTS_H_
