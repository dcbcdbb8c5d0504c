// LinearComplexity (section 2.10).
#include "core/randomness/linear_complexity.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "core/base/error.h"
#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

// c ^= b << shift, over `words` words.
inline void XorShifted(uint64_t* c, const uint64_t* b, size_t shift, size_t words) {
  const size_t skip = shift / 64;
  const unsigned left = shift % 64;
  if (left == 0) {
    for (size_t i = words; i-- > skip;) c[i] ^= b[i - skip];
    return;
  }
  for (size_t i = words; i-- > skip + 1;)
    c[i] ^= b[i - skip] << left | b[i - skip - 1] >> (64 - left);
  if (skip < words) c[skip] ^= b[0] << left;
}

// Bit j of `past` is s_(i-j), bit j of `c` the connection coefficient c_j (c_0 = 1).
int BerlekampMassey(const BitSequence& bits,
                    size_t begin,
                    size_t length,
                    uint64_t* c,
                    uint64_t* b,
                    uint64_t* past,
                    uint64_t* old) {
  const size_t words = length / 64 + 1;
  std::fill_n(c, words, 0);
  std::fill_n(b, words, 0);
  std::fill_n(past, words, 0);
  c[0] = b[0] = 1;
  size_t complexity = 0;
  size_t since = 1;  // steps since b was the connection polynomial
  for (size_t i = 0; i < length; ++i) {
    // Coefficients past `complexity` are 0: words above need neither be read nor kept up to date,
    // but `past` is shifted whole, since the complexity may jump.
    const size_t used = i / 64 + 1;
    for (size_t w = used; w-- > 1;) past[w] = past[w] << 1 | past[w - 1] >> 63;
    past[0] = past[0] << 1 | uint64_t{bits[begin + i]};
    uint64_t discrepancy = 0;
    for (size_t w = 0; w <= complexity / 64; ++w) discrepancy ^= c[w] & past[w];
    if ((std::popcount(discrepancy) & 1) == 0) {
      ++since;
    } else if (2 * complexity <= i) {
      std::copy_n(c, words, old);
      XorShifted(c, b, since, words);
      std::copy_n(old, words, b);
      complexity = i + 1 - complexity;
      since = 1;
    } else {
      XorShifted(c, b, since, complexity / 64 + 1);
      ++since;
    }
  }
  return static_cast<int>(complexity);
}

// The classes T <= -2.5, <= -1.5, ..., > 2.5.
size_t ClassOf(double t) {
  return static_cast<size_t>(std::clamp(static_cast<int>(std::ceil(t + 2.5)), 0, 6));
}

double MeanComplexity(int m) {
  const double sign = m % 2 == 0 ? -1 : 1;  // (-1)^(m + 1)
  return m / 2.0 + (9.0 + sign) / 36.0 - std::ldexp(m / 3.0 + 2.0 / 9.0, -m);
}

double TOf(int complexity, int m) {
  return (m % 2 == 0 ? 1 : -1) * (complexity - MeanComplexity(m)) + 2.0 / 9.0;
}

}  // namespace

int LinearComplexity(const BitSequence& bits, size_t begin, size_t length) {
  CHAOSENSE_CHECK(begin + length <= bits.size(), "{} + {}", begin, length);
  const size_t words = length / 64 + 1;
  if (words <= 8) {
    std::array<uint64_t, 8> c, b, past, old;
    return BerlekampMassey(bits, begin, length, c.data(), b.data(), past.data(), old.data());
  }
  std::vector<uint64_t> space(4 * words);
  uint64_t* p = space.data();
  return BerlekampMassey(bits, begin, length, p, p + words, p + 2 * words, p + 3 * words);
}

std::vector<double> ExactLinearComplexityProbabilities(int length) {
  // Rueppel: of the 2^n sequences, 2^min(2 n - 2 L, 2 L - 1) have complexity L > 0, one has 0.
  std::vector<double> p(7);
  p[ClassOf(TOf(0, length))] += std::ldexp(1.0, -length);
  for (int l = 1; l <= length; ++l) {
    p[ClassOf(TOf(l, length))] += std::ldexp(1.0, std::min(2 * length - 2 * l, 2 * l - 1) - length);
  }
  return p;
}

TestOutcomes LinearComplexityTest(const BitSequence& bits, const Sp80022Options& options) {
  const int m = options.linear_complexity_m;
  CHAOSENSE_CHECK(m >= 1, "LinearComplexity with M = {}", m);
  const size_t n = bits.size();
  const size_t size = static_cast<size_t>(m);
  std::string unfit;
  if (options.check_conditions && n < 1000000) {
    unfit = fmt::format("n = {} < 1000000", n);
  } else if (options.check_conditions && (m < 500 || m > 5000)) {
    unfit = fmt::format("M = {} is not within 500 .. 5000", m);
  } else if (n / size < (options.check_conditions ? 200 : 1)) {
    unfit = fmt::format("{} blocks of {} bits, 200 needed", n / size, m);
  }
  if (!unfit.empty()) return {NotApplicable("LinearComplexity", unfit)};
  const std::vector<double> p =
      options.constants == Sp80022Constants::kSts
          ? std::vector<double>{0.01047, 0.03125, 0.125, 0.5, 0.25, 0.0625, 0.020833}
          : ExactLinearComplexityProbabilities(m);
  std::array<int64_t, 7> counts{};
  const size_t blocks = n / size;
  for (size_t i = 0; i < blocks; ++i) {
    ++counts[ClassOf(TOf(LinearComplexity(bits, i * size, size), m))];
  }
  double chi2 = 0;
  for (size_t i = 0; i < p.size(); ++i) {
    const double expected = static_cast<double>(blocks) * p[i];
    const double off = static_cast<double>(counts[i]) - expected;
    chi2 += off * off / expected;
  }
  return {{"LinearComplexity", "", chi2, UpperChiSquare(chi2, 6), ""}};
}

}  // namespace chaosense
