// Universal (section 2.9): Maurer's test.
#include <array>
#include <cmath>

#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

struct UniversalRow {
  size_t minimum;   // n from which this L is used
  double expected;  // of the statistic
  double variance;  // of one term
};

// Section 2.9.7: L = 6, 7, ..., 16.
constexpr int kFirstL = 6;
constexpr std::array<UniversalRow, 11> kRows = {{{387840, 5.2177052, 2.954},
                                                 {904960, 6.1962507, 3.125},
                                                 {2068480, 7.1836656, 3.238},
                                                 {4654080, 8.1764248, 3.311},
                                                 {10342400, 9.1723243, 3.356},
                                                 {22753280, 10.170032, 3.384},
                                                 {49643520, 11.168765, 3.401},
                                                 {107560960, 12.168070, 3.410},
                                                 {231669760, 13.167693, 3.416},
                                                 {496435200, 14.167488, 3.419},
                                                 {1059061760, 15.167379, 3.421}}};

}  // namespace

TestOutcomes UniversalTest(const BitSequence& bits, const Sp80022Options&) {
  const size_t n = bits.size();
  if (n < kRows[0].minimum) {
    return {NotApplicable("Universal", fmt::format("n = {} < {}", n, kRows[0].minimum))};
  }
  size_t row = 0;
  while (row + 1 < kRows.size() && n >= kRows[row + 1].minimum) ++row;
  const size_t l = row + kFirstL;
  const size_t initial = 10 * (size_t{1} << l);
  const size_t terms = n / l - initial;
  std::vector<size_t> last(size_t{1} << l);  // block number, from 1, where a pattern stood last
  for (size_t i = 1; i <= initial; ++i) last[bits.Window((i - 1) * l, l)] = i;
  double sum = 0;
  for (size_t i = initial + 1; i <= initial + terms; ++i) {
    size_t& seen = last[bits.Window((i - 1) * l, l)];
    sum += std::log2(static_cast<double>(i - seen));
    seen = i;
  }
  const double k = static_cast<double>(terms);
  const double size = static_cast<double>(l);
  const double c = 0.7 - 0.8 / size + (4.0 + 32.0 / size) * std::pow(k, -3.0 / size) / 15.0;
  const double sigma = c * std::sqrt(kRows[row].variance / k);
  const double statistic = sum / k;
  return {
      {"Universal", "", statistic, TwoSidedNormal((statistic - kRows[row].expected) / sigma), ""}};
}

}  // namespace chaosense
