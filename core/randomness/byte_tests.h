// Tests of byte sequences: chi-square of bytes, nibbles and pairs, entropy, bits of each weight,
// autocorrelation of bits and bytes, run lengths, pairs at a distance, weights of neighbours,
// repeated words, linear complexity. Every p-value is two-sided, so that "too even" fails as well:
// twice the smaller tail, at most 1.
#ifndef CHAOSENSE_CORE_RANDOMNESS_BYTE_TESTS_H_
#define CHAOSENSE_CORE_RANDOMNESS_BYTE_TESTS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/randomness/bits.h"
#include "core/randomness/outcome.h"

namespace chaosense {

// Twice the smaller tail, at most 1.
double TwoSidedChiSquare(double chi2, double degrees);

// Poker test: chi-square of the n / m disjoint m-bit words, 2^m - 1 degrees. m in 1 .. 16. Not
// applicable below `least_expected` words for each value.
TestOutcome PokerTest(const BitSequence& bits, int m, double least_expected = 5);

// G-test of the bytes against the uniform distribution; the statistic is their Shannon entropy in
// bit. 2 N ln 2 (8 - H) with Williams' correction is chi-square of 255 degrees.
TestOutcome ByteEntropyTest(std::span<const uint8_t> bytes);

// A(d) = number of i with bit i unlike bit i + d: binomial. The statistic is z = 2 (A - (n - d) /
// 2) / sqrt(n - d) (Menezes, van Oorschot, Vanstone, Handbook of Applied Cryptography, 5.4.4).
TestOutcome BitAutocorrelationTest(const BitSequence& bits, size_t lag);
// Correlation of bytes `lag` apart, times the root of their number: standard normal.
TestOutcome ByteAutocorrelationTest(std::span<const uint8_t> bytes, size_t lag);

struct RunCounts {
  std::vector<int64_t> blocks;  // runs of ones of length 1, 2, ...
  std::vector<int64_t> gaps;    // runs of zeros
};
RunCounts CountRuns(const BitSequence& bits);
// Lengths of all runs but the last against the geometric distribution: given their number they are
// independent, P(length k) = 2^-k.
TestOutcome RunLengthTest(const BitSequence& bits);

// Good's serial test of nibbles `lag` bytes apart, on the ring: psi^2 of pairs less psi^2 of single
// nibbles, chi-square of 240 degrees. high: the upper nibble of each byte, else the lower.
TestOutcome NibblePairTest(std::span<const uint8_t> bytes, size_t lag, bool high);

// Classes "at most 3, 4, at least 5 ones" of four consecutive bytes: 81 cells.
TestOutcome WeightTest(std::span<const uint8_t> bytes);

// Equal pairs among the aligned words of `width` bytes (4 or 8): Poisson. Sees cycles at once, and
// generators that never repeat a word. Reads at most 2^22 words of 4 bytes.
TestOutcome RepeatedWordTest(std::span<const uint8_t> bytes, int width);

// Linear complexity of the first `length` bits against its exact distribution (Rueppel).
TestOutcome ComplexityProfileTest(const BitSequence& bits,
                                  size_t length,
                                  const std::string& variant);

// Names for RunByteTests.
const std::vector<std::string>& ByteTestNames();
// The tests named (all if empty) on bits and bytes of one sequence. Throws Error(kConfig) on an
// unknown name.
TestOutcomes RunByteTests(std::span<const uint8_t> bytes,
                          const std::vector<std::string>& names = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_BYTE_TESTS_H_
