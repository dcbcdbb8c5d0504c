// Serial (section 2.11) and ApproximateEntropy (2.12): counts of overlapping patterns, the sequence
// closed to a ring.
#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/error.h"
#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

// Counts of all m-bit patterns at the n places of the ring. The first bit of a pattern is the
// lowest, so that counts of (m-1)-bit patterns follow by dropping the highest.
std::vector<uint32_t> CountPatterns(const BitSequence& bits, int m) {
  const size_t n = bits.size();
  const uint64_t mask = (uint64_t{1} << m) - 1;
  std::vector<uint32_t> counts(size_t{1} << m);
  const size_t stride = 65 - static_cast<size_t>(m);
  const size_t inside = n - static_cast<size_t>(m) + 1;  // windows that do not wrap round
  for (size_t i = 0; i < inside; i += stride) {
    uint64_t word = bits.Word(i);
    for (size_t left = std::min(stride, inside - i); left > 0; --left) {
      ++counts[word & mask];
      word >>= 1;
    }
  }
  for (size_t i = inside; i < n; ++i) {
    const uint64_t tail = bits.Word(i) | bits.Word(0) << (n - i);
    ++counts[tail & mask];
  }
  return counts;
}

// Of the patterns one bit shorter.
std::vector<uint32_t> Shorten(const std::vector<uint32_t>& counts) {
  std::vector<uint32_t> shorter(counts.size() / 2);
  for (size_t i = 0; i < shorter.size(); ++i) shorter[i] = counts[i] + counts[i + shorter.size()];
  return shorter;
}

double PsiSquared(const std::vector<uint32_t>& counts, double n) {
  uint64_t squares = 0;
  for (const uint32_t count : counts) squares += uint64_t{count} * count;
  return static_cast<double>(squares) * static_cast<double>(counts.size()) / n - n;
}

double Phi(const std::vector<uint32_t>& counts, double n) {
  double sum = 0;
  for (const uint32_t count : counts) {
    if (count > 0) sum += count * std::log(count / n);
  }
  return sum / n;
}

// Patterns of m bits are counted with 32-bit numbers in 2^m places.
constexpr int kMostM = 24;
constexpr size_t kMostBits = uint32_t(-1);

std::string Unfit(const Sp80022Options& options, size_t n, int m, int longest, int margin) {
  CHAOSENSE_CHECK(m >= 1 && longest <= kMostM, "patterns of {} bits", m);
  if (n > kMostBits) return fmt::format("n = {} > 2^32 - 1", n);
  if (n < static_cast<size_t>(longest)) return fmt::format("n = {} < {}", n, longest);
  const int most = static_cast<int>(std::bit_width(n)) - 1 - margin;  // floor(log2 n) - margin
  if (options.check_conditions && m >= most) {
    return fmt::format("m = {} is not below floor(log2 n) - {} = {}", m, margin, most);
  }
  return "";
}

}  // namespace

TestOutcomes ApproximateEntropyTest(const BitSequence& bits, const Sp80022Options& options) {
  const int m = options.approximate_entropy_m;
  const std::string unfit = Unfit(options, bits.size(), m, m + 1, 5);
  if (!unfit.empty()) return {NotApplicable("ApproximateEntropy", unfit)};
  const double n = static_cast<double>(bits.size());
  const std::vector<uint32_t> longer = CountPatterns(bits, m + 1);
  const double entropy = Phi(Shorten(longer), n) - Phi(longer, n);
  const double chi2 = 2.0 * n * (std::log(2.0) - entropy);
  // Rounding may leave a tiny negative value where the counts are all equal.
  return {{"ApproximateEntropy",
           "",
           chi2,
           UpperChiSquare(std::max(chi2, 0.0), std::ldexp(1.0, m)),
           ""}};
}

TestOutcomes SerialTest(const BitSequence& bits, const Sp80022Options& options) {
  const int m = options.serial_m;
  CHAOSENSE_CHECK(m >= 3, "Serial with m = {}", m);
  const std::string unfit = Unfit(options, bits.size(), m, m, 2);
  if (!unfit.empty())
    return {NotApplicable("Serial", unfit, "P1"), NotApplicable("Serial", unfit, "P2")};
  const double n = static_cast<double>(bits.size());
  const std::vector<uint32_t> counts = CountPatterns(bits, m);
  const std::vector<uint32_t> one_less = Shorten(counts);
  const double psi0 = PsiSquared(counts, n);
  const double psi1 = PsiSquared(one_less, n);
  const double psi2 = PsiSquared(Shorten(one_less), n);
  const double first = psi0 - psi1;
  const double second = psi0 - 2.0 * psi1 + psi2;
  const auto p = [](double chi2, double degrees) {
    return UpperChiSquare(std::max(chi2, 0.0), degrees);
  };
  return {{"Serial", "P1", first, p(first, std::ldexp(1.0, m - 1)), ""},
          {"Serial", "P2", second, p(second, std::ldexp(1.0, m - 2)), ""}};
}

}  // namespace chaosense
