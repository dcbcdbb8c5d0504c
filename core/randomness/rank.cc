// Rank (section 2.5): ranks of 32 x 32 matrices over GF(2).
#include <array>
#include <cmath>

#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

constexpr size_t kSide = 32;

int Rank(std::array<uint32_t, kSide> rows) {
  int rank = 0;
  for (size_t i = 0; i < kSide; ++i) {
    const uint32_t row = rows[i];
    if (row == 0) continue;
    ++rank;
    const uint32_t pivot = row & (~row + 1);
    for (size_t j = i + 1; j < kSide; ++j) rows[j] ^= (rows[j] & pivot) != 0 ? row : 0;
  }
  return rank;
}

// P(rank = r) of a random matrix, section 3.5.
double RankProbability(int r) {
  constexpr int kN = kSide;
  double product = std::ldexp(1.0, r * (2 * kN - r) - kN * kN);
  for (int i = 0; i < r; ++i) {
    const double full = 1.0 - std::ldexp(1.0, i - kN);
    product *= full * full / (1.0 - std::ldexp(1.0, i - r));
  }
  return product;
}

}  // namespace

TestOutcomes RankTest(const BitSequence& bits, const Sp80022Options& options) {
  const size_t n = bits.size();
  const size_t minimum = options.check_conditions ? 38 * kSide * kSide : kSide * kSide;
  if (n < minimum) return {NotApplicable("Rank", fmt::format("n = {} < {}", n, minimum))};
  const size_t matrices = n / (kSide * kSide);
  std::array<int64_t, 3> counts{};  // full rank, one less, the rest
  for (size_t i = 0; i < matrices; ++i) {
    std::array<uint32_t, kSide> rows;
    for (size_t r = 0; r < kSide; r += 2) {
      const uint64_t two = bits.words()[(i * kSide + r) * kSide / 64];
      rows[r] = static_cast<uint32_t>(two);
      rows[r + 1] = static_cast<uint32_t>(two >> 32);
    }
    const int rank = Rank(rows);
    ++counts[rank == 32 ? 0 : rank == 31 ? 1 : 2];
  }
  const double full = RankProbability(32);
  const double one_less = RankProbability(31);
  const std::array<double, 3> p = {full, one_less, 1.0 - full - one_less};
  double chi2 = 0;
  for (size_t i = 0; i < 3; ++i) {
    const double expected = static_cast<double>(matrices) * p[i];
    const double off = static_cast<double>(counts[i]) - expected;
    chi2 += off * off / expected;
  }
  return {{"Rank", "", chi2, std::exp(-chi2 / 2), ""}};
}

}  // namespace chaosense
