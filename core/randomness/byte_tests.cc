#include "core/randomness/byte_tests.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/error.h"
#include "core/randomness/linear_complexity.h"

namespace chaosense {
namespace {

double Square(double x) { return x * x; }

TestOutcome Needs(const std::string& test,
                  const std::string& variant,
                  double have,
                  double need,
                  const char* what = "bytes") {
  return NotApplicable(test, fmt::format("{:.0f} {}, {:.0f} needed", have, what, need), variant);
}

double Sum(std::span<const int64_t> counts) {
  double sum = 0;
  for (const int64_t count : counts) sum += static_cast<double>(count);
  return sum;
}

// sum count^2 cells / n - n
double PsiSquared(std::span<const int64_t> counts, double n) {
  double sum = 0;
  for (const int64_t count : counts) sum += Square(static_cast<double>(count));
  return sum * static_cast<double>(counts.size()) / n - n;
}

TestOutcome Normal(std::string test, std::string variant, double z) {
  return {std::move(test), std::move(variant), z, TwoSidedNormal(z), ""};
}

}  // namespace

double TwoSidedChiSquare(double chi2, double degrees) {
  return TwiceTail(LowerChiSquare(chi2, degrees), UpperChiSquare(chi2, degrees));
}

TestOutcome PokerTest(std::span<const int64_t> counts, double least_expected) {
  const int m = std::countr_zero(counts.size());
  CHAOSENSE_CHECK(
      m >= 1 && m <= 16 && std::has_single_bit(counts.size()), "{} words", counts.size());
  const std::string name = m == 8 ? "ByteChiSquare" : "Poker";
  const std::string variant = m == 8 ? "" : fmt::format("m={}", m);
  const double words = Sum(counts);
  const double expected = words / static_cast<double>(counts.size());
  if (expected < least_expected) {
    return NotApplicable(
        name,
        fmt::format("{:.3g} expected words of each value, {} needed", expected, least_expected),
        variant);
  }
  const double chi2 = PsiSquared(counts, words);
  return {name, variant, chi2, TwoSidedChiSquare(chi2, static_cast<double>(counts.size() - 1)), ""};
}

TestOutcome PokerTest(const BitSequence& bits, int m, double least_expected) {
  CHAOSENSE_CHECK(m >= 1 && m <= 16, "words of {} bits", m);
  const size_t width = static_cast<size_t>(m);
  std::vector<int64_t> counts(size_t{1} << m);
  for (size_t i = 0; i < bits.size() / width; ++i) ++counts[bits.Window(i * width, width)];
  return PokerTest(counts, least_expected);
}

TestOutcome ByteEntropyTest(const ByteHistogram& bytes) {
  constexpr double kLeast = 10 * 256;
  const double n = Sum(bytes);
  if (n < kLeast) return Needs("ByteEntropy", "", n, kLeast);
  double entropy = 0;
  for (const int64_t count : bytes) {
    const double share = static_cast<double>(count) / n;
    if (count > 0) entropy -= share * std::log2(share);
  }
  const double g = std::max(0.0, 2 * n * std::log(2.0) * (8 - entropy)) / (1 + 257 / (6 * n));
  return {"ByteEntropy", "", entropy, TwoSidedChiSquare(g, 255), ""};
}

TestOutcome BitPlaneTest(const ByteHistogram& bytes, int plane) {
  constexpr double kLeast = 100;
  const std::string variant = fmt::format("2^{}", plane);
  const double n = Sum(bytes);
  if (n < kLeast) return Needs("BitPlane", variant, n, kLeast);
  double ones = 0;
  for (size_t byte = 0; byte < bytes.size(); ++byte)
    ones += (byte >> plane & 1) != 0 ? static_cast<double>(bytes[byte]) : 0;
  return Normal("BitPlane", variant, (2 * ones - n) / std::sqrt(n));
}

int64_t UnlikeBits(const BitSequence& bits, size_t lag, size_t from) {
  from = std::max(from, lag);
  int64_t unlike = 0;
  for (size_t j = from; j < bits.size(); j += 64) {
    uint64_t differ = bits.Word(j) ^ bits.Word(j - lag);
    if (bits.size() - j < 64) differ &= (uint64_t{1} << (bits.size() - j)) - 1;
    unlike += std::popcount(differ);
  }
  return unlike;
}

TestOutcome BitAutocorrelationTest(int64_t unlike, int64_t pairs, size_t lag) {
  constexpr int64_t kLeast = 100;
  const std::string variant = fmt::format("lag={}", lag);
  const double count = static_cast<double>(pairs);
  if (pairs < kLeast) {
    const double beyond = static_cast<double>(lag);
    return Needs("BitAutocorrelation", variant, count + beyond, kLeast + beyond, "bits");
  }
  return Normal("BitAutocorrelation",
                variant,
                2 * (static_cast<double>(unlike) - count / 2) / std::sqrt(count));
}

TestOutcome BitAutocorrelationTest(const BitSequence& bits, size_t lag) {
  const auto pairs = static_cast<int64_t>(bits.size()) - static_cast<int64_t>(lag);
  return BitAutocorrelationTest(UnlikeBits(bits, lag), pairs, lag);
}

TestOutcome ByteAutocorrelationTest(int64_t sum, int64_t pairs, size_t lag) {
  constexpr int64_t kLeast = 100;
  const std::string variant = fmt::format("lag={}", lag);
  const double count = static_cast<double>(pairs);
  if (pairs < kLeast) {
    const double beyond = static_cast<double>(lag);
    return Needs("ByteAutocorrelation", variant, count + beyond, kLeast + beyond);
  }
  // Against the uniform distribution's own mean and variance: no estimate enters. Twice the
  // centred byte is an odd integer, its products add up exactly.
  const double variance = (256.0 * 256.0 - 1) / 12 * 4;
  return Normal(
      "ByteAutocorrelation", variant, static_cast<double>(sum) / (variance * std::sqrt(count)));
}

void RunCounts::Add(bool ones, size_t length) {
  std::vector<int64_t>& lengths = ones ? blocks : gaps;
  if (lengths.size() < length) lengths.resize(length);
  ++lengths[length - 1];
}

RunCounts CountRuns(const BitSequence& bits) {
  RunCounts counts;
  for (size_t i = 0; i < bits.size();) {
    const size_t end = bits.RunEnd(i);
    counts.Add(bits[i], end - i);
    i = end;
  }
  return counts;
}

TestOutcome RunLengthTest(const RunCounts& runs) {
  const double number = Sum(runs.blocks) + Sum(runs.gaps);
  constexpr double kLeast = 16;  // expected in the class of the longest
  const int classes = number < 4 * kLeast ? 0 : static_cast<int>(std::log2(number / kLeast)) + 1;
  if (classes < 3) return Needs("RunLengths", "", number, 4 * kLeast, "runs");
  // Ones and zeros apart: two independent sets of classes.
  double chi2 = 0;
  for (const std::vector<int64_t>* lengths : {&runs.blocks, &runs.gaps}) {
    const double total = Sum(*lengths);
    double left = total;
    double expected_left = total;
    for (int k = 0; k + 1 < classes; ++k) {
      const double count = static_cast<size_t>(k) < lengths->size()
                               ? static_cast<double>((*lengths)[static_cast<size_t>(k)])
                               : 0;
      const double expected = std::ldexp(total, -(k + 1));
      if (expected > 0) chi2 += Square(count - expected) / expected;
      left -= count;
      expected_left -= expected;
    }
    if (expected_left > 0) chi2 += Square(left - expected_left) / expected_left;
  }
  return {"RunLengths", "", chi2, TwoSidedChiSquare(chi2, 2.0 * (classes - 1)), ""};
}

TestOutcome NibblePairTest(const ByteHistogram& pairs, size_t lag, bool high) {
  const std::string variant = fmt::format("{} lag={}", high ? "high" : "low", lag);
  const double n = Sum(pairs);
  constexpr double kLeast = 16 * 256;
  const double beyond = static_cast<double>(lag);
  if (n < kLeast + beyond) return Needs("NibblePairs", variant, n, kLeast + beyond);
  std::array<int64_t, 16> singles{};
  for (size_t pair = 0; pair < pairs.size(); ++pair) singles[pair >> 4] += pairs[pair];
  const double chi2 = std::max(0.0, PsiSquared(pairs, n) - PsiSquared(singles, n));
  return {"NibblePairs", variant, chi2, TwoSidedChiSquare(chi2, 240), ""};
}

TestOutcome WeightTest(std::span<const int64_t> counts) {
  CHAOSENSE_CHECK(counts.size() == kWeightCells);
  constexpr std::array<double, 3> kShare = {93.0 / 256, 70.0 / 256, 93.0 / 256};
  constexpr double kLeast = 16 * 179;  // 16 expected in the rarest cell
  const double quads = Sum(counts);
  if (quads < kLeast) return Needs("Weights", "", 4 * quads, 4 * kLeast);
  double chi2 = 0;
  for (size_t cell = 0; cell < kWeightCells; ++cell) {
    const double expected =
        quads * kShare[cell / 27] * kShare[cell / 9 % 3] * kShare[cell / 3 % 3] * kShare[cell % 3];
    chi2 += Square(static_cast<double>(counts[cell]) - expected) / expected;
  }
  return {"Weights", "", chi2, TwoSidedChiSquare(chi2, kWeightCells - 1), ""};
}

TestOutcome RepeatedWordTest(int64_t pairs, double expected, int width, uint64_t bytes) {
  constexpr double kLeast = 256;
  const std::string variant = fmt::format("{} bytes", width);
  const double n = static_cast<double>(bytes);
  if (n < kLeast) return Needs("RepeatedWords", variant, n, kLeast);
  const double seen = static_cast<double>(pairs);
  return {"RepeatedWords", variant, seen, TwoSidedPoisson(seen, expected), ""};
}

TestOutcome ComplexityProfileTest(const BitSequence& bits,
                                  size_t length,
                                  const std::string& variant) {
  if (bits.size() < length) {
    return NotApplicable(
        "Complexity", fmt::format("{} bits, {} needed", bits.size(), length), variant);
  }
  const int n = static_cast<int>(length);
  const int complexity = LinearComplexity(bits, 0, length);
  double lower = 0;
  double upper = 0;
  for (int l = 0; l <= n; ++l) {
    const int exponent = l == 0 ? -n : std::min(2 * n - 2 * l, 2 * l - 1) - n;
    const double p = std::ldexp(1.0, exponent);
    if (l <= complexity) lower += p;
    if (l >= complexity) upper += p;
  }
  return {"Complexity", variant, static_cast<double>(complexity), TwiceTail(lower, upper), ""};
}

}  // namespace chaosense
