#include "core/randomness/byte_tests.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/randomness/linear_complexity.h"

namespace chaosense {
namespace {

double Square(double x) { return x * x; }

TestOutcome Needs(const std::string& test, const std::string& variant, size_t have, size_t need) {
  return NotApplicable(test, fmt::format("{} bytes, {} needed", have, need), variant);
}

// sum count^2 cells / n - n
template <typename Counts>
double PsiSquared(const Counts& counts, double n) {
  double sum = 0;
  for (const auto count : counts) sum += Square(static_cast<double>(count));
  return sum * static_cast<double>(counts.size()) / n - n;
}

// Equal pairs among the words, and their number.
template <typename Word>
std::pair<int64_t, size_t> EqualPairs(std::span<const uint8_t> bytes) {
  std::vector<Word> words(bytes.size() / sizeof(Word));
  std::memcpy(words.data(), bytes.data(), words.size() * sizeof(Word));
  std::sort(words.begin(), words.end());
  int64_t pairs = 0;
  for (size_t i = 0; i < words.size();) {
    size_t j = i + 1;
    while (j < words.size() && words[j] == words[i]) ++j;
    pairs += static_cast<int64_t>((j - i) * (j - i - 1) / 2);
    i = j;
  }
  return {pairs, words.size()};
}

}  // namespace

double TwoSidedChiSquare(double chi2, double degrees) {
  return TwiceTail(LowerChiSquare(chi2, degrees), UpperChiSquare(chi2, degrees));
}

TestOutcome PokerTest(const BitSequence& bits, int m, double least_expected) {
  CHAOSENSE_CHECK(m >= 1 && m <= 16, "words of {} bits", m);
  const std::string name = m == 8 ? "ByteChiSquare" : "Poker";
  const std::string variant = m == 8 ? "" : fmt::format("m={}", m);
  const size_t width = static_cast<size_t>(m);
  const size_t words = bits.size() / width;
  const size_t cells = size_t{1} << m;
  const double expected = static_cast<double>(words) / static_cast<double>(cells);
  if (expected < least_expected) {
    return NotApplicable(
        name,
        fmt::format("{:.3g} expected words of each value, {} needed", expected, least_expected),
        variant);
  }
  std::vector<uint32_t> counts(cells);
  for (size_t i = 0; i < words; ++i) ++counts[bits.Window(i * width, width)];
  const double chi2 = PsiSquared(counts, static_cast<double>(words));
  return {name, variant, chi2, TwoSidedChiSquare(chi2, static_cast<double>(cells - 1)), ""};
}

TestOutcome ByteEntropyTest(std::span<const uint8_t> bytes) {
  constexpr size_t kLeast = 10 * 256;
  if (bytes.size() < kLeast) return Needs("ByteEntropy", "", bytes.size(), kLeast);
  std::array<uint32_t, 256> counts{};
  for (const uint8_t byte : bytes) ++counts[byte];
  const double n = static_cast<double>(bytes.size());
  double entropy = 0;
  for (const uint32_t count : counts) {
    if (count > 0) entropy -= count / n * std::log2(count / n);
  }
  const double g = std::max(0.0, 2 * n * std::log(2.0) * (8 - entropy)) / (1 + 257 / (6 * n));
  return {"ByteEntropy", "", entropy, TwoSidedChiSquare(g, 255), ""};
}

TestOutcome BitAutocorrelationTest(const BitSequence& bits, size_t lag) {
  const std::string variant = fmt::format("lag={}", lag);
  const size_t n = bits.size();
  if (n < lag + 100) {
    return NotApplicable(
        "BitAutocorrelation", fmt::format("{} bits, {} needed", n, lag + 100), variant);
  }
  const size_t pairs = n - lag;
  int64_t unlike = 0;
  for (size_t i = 0; i < pairs; i += 64) {
    uint64_t differ = bits.Word(i) ^ bits.Word(i + lag);
    if (pairs - i < 64) differ &= (uint64_t{1} << (pairs - i)) - 1;
    unlike += std::popcount(differ);
  }
  const double count = static_cast<double>(pairs);
  const double z = 2 * (static_cast<double>(unlike) - count / 2) / std::sqrt(count);
  return {"BitAutocorrelation", variant, z, TwoSidedNormal(z), ""};
}

TestOutcome ByteAutocorrelationTest(std::span<const uint8_t> bytes, size_t lag) {
  const std::string variant = fmt::format("lag={}", lag);
  if (bytes.size() < lag + 100)
    return Needs("ByteAutocorrelation", variant, bytes.size(), lag + 100);
  // Against the uniform distribution's own mean and variance: no estimate enters. Twice the
  // centred byte is an odd integer, its products add up exactly.
  const size_t pairs = bytes.size() - lag;
  int64_t sum = 0;
  for (size_t i = 0; i < pairs; ++i) sum += (2 * bytes[i] - 255) * (2 * bytes[i + lag] - 255);
  const double variance = (256.0 * 256.0 - 1) / 12 * 4;
  const double z = static_cast<double>(sum) / (variance * std::sqrt(static_cast<double>(pairs)));
  return {"ByteAutocorrelation", variant, z, TwoSidedNormal(z), ""};
}

RunCounts CountRuns(const BitSequence& bits) {
  RunCounts counts;
  const size_t n = bits.size();
  for (size_t i = 0; i < n;) {
    const bool one = bits[i];
    size_t end = i;
    for (;;) {
      const uint64_t word = bits.Word(end);
      const size_t same = static_cast<size_t>(one ? std::countr_one(word) : std::countr_zero(word));
      end = std::min(n, end + same);
      if (same < 64 || end == n) break;
    }
    std::vector<int64_t>& lengths = one ? counts.blocks : counts.gaps;
    if (lengths.size() < end - i) lengths.resize(end - i);
    ++lengths[end - i - 1];
    i = end;
  }
  return counts;
}

TestOutcome RunLengthTest(const BitSequence& bits) {
  RunCounts counts = CountRuns(bits);
  const size_t most = std::max(counts.blocks.size(), counts.gaps.size());
  counts.blocks.resize(most);
  counts.gaps.resize(most);
  // The last run is cut off by the end.
  if (bits.size() > 0) {
    const bool one = bits[bits.size() - 1];
    size_t length = 1;
    while (length < bits.size() && bits[bits.size() - 1 - length] == one) ++length;
    --(one ? counts.blocks : counts.gaps)[length - 1];
  }
  double runs = 0;
  for (size_t k = 0; k < most; ++k) runs += static_cast<double>(counts.blocks[k] + counts.gaps[k]);
  constexpr double kLeast = 16;  // expected in the class of the longest
  const int classes = runs < 4 * kLeast ? 0 : static_cast<int>(std::log2(runs / kLeast)) + 1;
  if (classes < 3)
    return NotApplicable("RunLengths", fmt::format("{} runs, {} needed", runs, 4 * kLeast));
  // Ones and zeros apart: two independent sets of classes.
  double chi2 = 0;
  for (const auto* lengths : {&counts.blocks, &counts.gaps}) {
    double total = 0;
    for (const int64_t count : *lengths) total += static_cast<double>(count);
    double left = total;
    double expected_left = total;
    for (int k = 0; k + 1 < classes; ++k) {
      const double count = static_cast<size_t>(k) < most
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

TestOutcome NibblePairTest(std::span<const uint8_t> bytes, size_t lag, bool high) {
  const std::string variant = fmt::format("{} lag={}", high ? "high" : "low", lag);
  const size_t n = bytes.size();
  constexpr size_t kLeast = 16 * 256;
  if (n < kLeast + lag) return Needs("NibblePairs", variant, n, kLeast + lag);
  const int shift = high ? 4 : 0;
  std::array<uint32_t, 256> pairs{};
  std::array<uint32_t, 16> singles{};
  for (size_t i = 0; i < n; ++i) {
    const size_t other = i + lag < n ? i + lag : i + lag - n;
    const unsigned first = bytes[i] >> shift & 15U;
    ++singles[first];
    ++pairs[first << 4 | (bytes[other] >> shift & 15U)];
  }
  const double count = static_cast<double>(n);
  const double chi2 = std::max(0.0, PsiSquared(pairs, count) - PsiSquared(singles, count));
  return {"NibblePairs", variant, chi2, TwoSidedChiSquare(chi2, 240), ""};
}

TestOutcome WeightTest(std::span<const uint8_t> bytes) {
  constexpr std::array<double, 3> kShare = {93.0 / 256, 70.0 / 256, 93.0 / 256};
  const size_t quads = bytes.size() / 4;
  constexpr size_t kLeast = 16 * 179;  // 16 expected in the rarest cell
  if (quads < kLeast) return Needs("Weights", "", bytes.size(), 4 * kLeast);
  std::array<uint8_t, 256> classes;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const int ones = std::popcount(byte);
    classes[byte] = ones <= 3 ? 0 : ones == 4 ? 1 : 2;
  }
  std::array<int64_t, 81> counts{};
  for (size_t i = 0; i < quads; ++i) {
    size_t cell = 0;
    for (size_t j = 0; j < 4; ++j) cell = 3 * cell + classes[bytes[4 * i + j]];
    ++counts[cell];
  }
  double chi2 = 0;
  for (size_t cell = 0; cell < 81; ++cell) {
    const double expected = static_cast<double>(quads) * kShare[cell / 27] * kShare[cell / 9 % 3] *
                            kShare[cell / 3 % 3] * kShare[cell % 3];
    chi2 += Square(static_cast<double>(counts[cell]) - expected) / expected;
  }
  return {"Weights", "", chi2, TwoSidedChiSquare(chi2, 80), ""};
}

TestOutcome RepeatedWordTest(std::span<const uint8_t> bytes, int width) {
  CHAOSENSE_CHECK(width == 4 || width == 8, "words of {} bytes", width);
  const std::string variant = fmt::format("{} bytes", width);
  if (bytes.size() < 256) return Needs("RepeatedWords", variant, bytes.size(), 256);
  if (width == 4) bytes = bytes.first(std::min(bytes.size(), size_t{1} << 24));
  const auto [pairs, count] =
      width == 4 ? EqualPairs<uint32_t>(bytes) : EqualPairs<uint64_t>(bytes);
  const double words = static_cast<double>(count);
  const double mean = words * (words - 1) / 2 * std::ldexp(1.0, -8 * width);
  const double seen = static_cast<double>(pairs);
  return {"RepeatedWords", variant, seen, TwoSidedPoisson(seen, mean), ""};
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

const std::vector<std::string>& ByteTestNames() {
  static const std::vector<std::string> names = {"ByteChiSquare",
                                                 "Poker",
                                                 "ByteEntropy",
                                                 "BitPlane",
                                                 "BitAutocorrelation",
                                                 "ByteAutocorrelation",
                                                 "RunLengths",
                                                 "NibblePairs",
                                                 "Weights",
                                                 "RepeatedWords",
                                                 "Complexity"};
  return names;
}

TestOutcomes RunByteTests(std::span<const uint8_t> bytes, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const auto& known = ByteTestNames();
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = DidYouMean(name, known);
    throw ConfigError(
        "unknown test \"{}\"{}", name, near.empty() ? "; known: " + JoinNames(known) : near);
  }
  const auto wanted = [&](const char* name) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
  };
  const BitSequence bits = BitSequence::FromBytes(bytes);
  TestOutcomes outcomes;
  constexpr double kExpected = 16;  // the tails are used down to 1e-10
  if (wanted("ByteChiSquare")) outcomes.push_back(PokerTest(bits, 8, kExpected));
  if (wanted("Poker")) {
    outcomes.push_back(PokerTest(bits, 4, kExpected));
    outcomes.push_back(PokerTest(bits, 16, kExpected));
  }
  if (wanted("ByteEntropy")) outcomes.push_back(ByteEntropyTest(bytes));
  for (int plane = 0; plane < 8 && (wanted("BitPlane") || wanted("Complexity")); ++plane) {
    const BitSequence one = BitSequence::Plane(bytes, plane);
    const std::string variant = fmt::format("2^{}", plane);
    if (wanted("BitPlane")) {
      const double n = static_cast<double>(one.size());
      const double z = (2 * static_cast<double>(one.Ones()) - n) / std::sqrt(n);
      outcomes.push_back(bytes.size() < 100
                             ? Needs("BitPlane", variant, bytes.size(), 100)
                             : TestOutcome{"BitPlane", variant, z, TwoSidedNormal(z), ""});
    }
    if (wanted("Complexity")) {
      const size_t length = std::clamp<size_t>(one.size(), 1000, 8192);
      outcomes.push_back(ComplexityProfileTest(one, length, "bits " + variant));
    }
  }
  if (wanted("Complexity")) {
    const size_t length = std::clamp<size_t>(bits.size(), 1000, 32768);
    outcomes.push_back(ComplexityProfileTest(bits, length, "all bits"));
  }
  if (wanted("BitAutocorrelation")) {
    for (size_t lag = 1; lag <= 32; ++lag) outcomes.push_back(BitAutocorrelationTest(bits, lag));
    for (const size_t lag : {40, 48, 56, 64, 96, 128, 256, 512, 1024, 2048}) {
      outcomes.push_back(BitAutocorrelationTest(bits, lag));
    }
  }
  if (wanted("ByteAutocorrelation")) {
    for (const size_t lag : {1, 2, 3, 4, 8, 16}) {
      outcomes.push_back(ByteAutocorrelationTest(bytes, lag));
    }
  }
  if (wanted("RunLengths")) outcomes.push_back(RunLengthTest(bits));
  if (wanted("NibblePairs")) {
    for (const bool high : {true, false}) {
      for (const size_t lag : {1, 2, 3, 4}) outcomes.push_back(NibblePairTest(bytes, lag, high));
    }
  }
  if (wanted("Weights")) outcomes.push_back(WeightTest(bytes));
  if (wanted("RepeatedWords")) {
    outcomes.push_back(RepeatedWordTest(bytes, 4));
    outcomes.push_back(RepeatedWordTest(bytes, 8));
  }
  return outcomes;
}

}  // namespace chaosense
