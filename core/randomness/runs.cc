// Runs (section 2.3) and LongestRun (2.4).
#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/error.h"
#include "core/randomness/sp800_22.h"

namespace chaosense {
namespace {

struct LongestRunClasses {
  int block;  // M
  int low;    // first class: longest run <= low
  int high;   // last class: longest run >= high
  std::vector<double> sts;
};

// Section 2.4.2 and 3.4, by the sequence's length.
LongestRunClasses ClassesFor(size_t n) {
  if (n < 6272) return {8, 1, 4, {0.21484375, 0.3671875, 0.23046875, 0.1875}};
  if (n < 750000) {
    return {
        128, 4, 9, {0.1174035788, 0.242955959, 0.249363483, 0.17517706, 0.102701071, 0.112398847}};
  }
  return {10000, 10, 16, {0.0882, 0.2092, 0.2483, 0.1933, 0.1208, 0.0675, 0.0727}};
}

// Ones in a row at most in bits begin .. begin + length - 1.
int LongestRunIn(const BitSequence& bits, size_t begin, size_t length) {
  int longest = 0;
  int open = 0;  // ones in a row that reach the end of what was read
  for (size_t i = 0; i < length; i += 64) {
    const int taken = static_cast<int>(std::min<size_t>(64, length - i));
    uint64_t word = bits.Word(begin + i);
    if (taken < 64) word &= (uint64_t{1} << taken) - 1;
    int left = taken;
    while (left > 0) {
      const int ones = std::min(std::countr_one(word), left);
      open += ones;
      longest = std::max(longest, open);
      left -= ones;
      if (left == 0) break;
      word >>= ones;  // ones < 64, since left > 0
      const int zeros = std::min(std::countr_zero(word), left);
      open = 0;
      left -= zeros;
      if (left > 0) word >>= zeros;
    }
  }
  return longest;
}

}  // namespace

TestOutcomes RunsTest(const BitSequence& bits, const Sp80022Options& options) {
  const size_t n = bits.size();
  const size_t minimum = options.check_conditions ? 100 : 2;
  if (n < minimum) return {NotApplicable("Runs", fmt::format("n = {} < {}", n, minimum))};
  const double length = static_cast<double>(n);
  const double share = static_cast<double>(bits.Ones()) / length;
  if (std::fabs(share - 0.5) > 2.0 / std::sqrt(length)) {
    return {NotApplicable(
        "Runs",
        fmt::format("share of ones {:.6f} is more than 2/sqrt(n) from 1/2: Frequency fails",
                    share))};
  }
  int64_t changes = 0;
  for (size_t i = 0; i + 1 < n; i += 64) {
    const size_t pairs = std::min<size_t>(64, n - 1 - i);
    uint64_t differ = bits.Word(i) ^ bits.Word(i + 1);
    if (pairs < 64) differ &= (uint64_t{1} << pairs) - 1;
    changes += std::popcount(differ);
  }
  const double runs = static_cast<double>(changes + 1);
  const double spread = 2.0 * share * (1.0 - share);
  const double p =
      std::erfc(std::fabs(runs - length * spread) / (spread * std::sqrt(2.0 * length)));
  return {{"Runs", "", runs, p, ""}};
}

std::vector<double> ExactLongestRunProbabilities(int length, int low, int high) {
  // at_most(v): no run longer than v. P_n = P_(n-1) - P_(n-v-2) 2^-(v+2): a first run of v + 1 ones
  // that ends at place n stands behind a 0, unless it begins the block.
  const auto at_most = [length](int v) {
    std::vector<double> p(static_cast<size_t>(length) + 1, 1.0);
    for (int n = v + 1; n <= length; ++n) {
      const double new_run = n == v + 1
                                 ? std::ldexp(1.0, -(v + 1))
                                 : p[static_cast<size_t>(n - v - 2)] * std::ldexp(1.0, -(v + 2));
      p[static_cast<size_t>(n)] = p[static_cast<size_t>(n - 1)] - new_run;
    }
    return p.back();
  };
  std::vector<double> classes;
  double below = 0;
  for (int v = low; v < high; ++v) {
    const double p = at_most(v);
    classes.push_back(p - below);
    below = p;
  }
  classes.push_back(1.0 - below);
  return classes;
}

TestOutcomes LongestRunTest(const BitSequence& bits, const Sp80022Options& options) {
  const size_t n = bits.size();
  if (n < 128) return {NotApplicable("LongestRun", fmt::format("n = {} < 128", n))};
  const LongestRunClasses classes = ClassesFor(n);
  const std::vector<double> p =
      options.constants == Sp80022Constants::kSts
          ? classes.sts
          : ExactLongestRunProbabilities(classes.block, classes.low, classes.high);
  const size_t m = static_cast<size_t>(classes.block);
  const size_t blocks = n / m;
  std::vector<int64_t> counts(p.size());
  for (size_t i = 0; i < blocks; ++i) {
    const int longest = LongestRunIn(bits, i * m, m);
    ++counts[static_cast<size_t>(std::clamp(longest, classes.low, classes.high) - classes.low)];
  }
  double chi2 = 0;
  for (size_t i = 0; i < p.size(); ++i) {
    const double expected = static_cast<double>(blocks) * p[i];
    const double off = static_cast<double>(counts[i]) - expected;
    chi2 += off * off / expected;
  }
  return {{"LongestRun", "", chi2, UpperChiSquare(chi2, static_cast<double>(p.size() - 1)), ""}};
}

}  // namespace chaosense
