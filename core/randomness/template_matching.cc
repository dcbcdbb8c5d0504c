// NonOverlappingTemplate (section 2.7) and OverlappingTemplate (2.8).
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/randomness/sp800_22.h"
#include "core/randomness/templates.h"

namespace chaosense {
namespace {

constexpr size_t kBlocks = 8;              // N of the non-overlapping test
constexpr size_t kOverlappingM = 1032;     // block length of the overlapping test
constexpr size_t kOverlappingClasses = 6;  // 0, 1, ..., 4, >= 5 occurrences

// P(u occurrences) of the compound Poisson approximation of section 3.8, eta = lambda / 2.
double CompoundPoisson(int u, double eta) {
  if (u == 0) return std::exp(-eta);
  double sum = 0;
  for (int l = 1; l <= u; ++l) {
    sum += std::exp(-eta - u * std::log(2.0) + l * std::log(eta) - std::lgamma(l + 1) +
                    std::lgamma(u) - std::lgamma(l) - std::lgamma(u - l + 1));
  }
  return sum;
}

}  // namespace

TestOutcomes NonOverlappingTemplateTest(const BitSequence& bits, const Sp80022Options& options) {
  const int m = options.nonoverlapping_m;
  CHAOSENSE_CHECK(m >= 2 && m <= 16, "templates of {} bits", m);
  const std::vector<uint32_t> templates = AperiodicTemplates(m);
  const size_t n = bits.size();
  // The counts are taken as normal: five expected occurrences a block at least.
  const size_t patterns = size_t{1} << m;
  const size_t minimum =
      kBlocks * (options.check_conditions ? 5 * patterns : static_cast<size_t>(m));
  TestOutcomes outcomes;
  if (n < minimum) {
    for (const uint32_t one : templates) {
      outcomes.push_back(NotApplicable(
          "NonOverlappingTemplate", fmt::format("n = {} < {}", n, minimum), TemplateText(one, m)));
    }
    return outcomes;
  }
  // An aperiodic template cannot overlap itself, so that all its occurrences count: one histogram
  // of the windows of each block serves every template.
  const size_t length = n / kBlocks;
  const double mean =
      static_cast<double>(length - static_cast<size_t>(m) + 1) / static_cast<double>(patterns);
  const double variance = static_cast<double>(length) *
                          (std::ldexp(1.0, -m) - (2.0 * m - 1.0) * std::ldexp(1.0, -2 * m));
  std::vector<double> chi2(templates.size());
  std::vector<uint32_t> counts(patterns);
  for (size_t block = 0; block < kBlocks; ++block) {
    std::fill(counts.begin(), counts.end(), 0);
    const size_t last = block * length + length - static_cast<size_t>(m);
    // 64 - m + 1 windows fit into a word.
    const size_t stride = 65 - static_cast<size_t>(m);
    for (size_t i = block * length; i <= last; i += stride) {
      uint64_t word = bits.Word(i);
      for (size_t left = std::min(stride, last - i + 1); left > 0; --left) {
        ++counts[word & (patterns - 1)];
        word >>= 1;
      }
    }
    for (size_t t = 0; t < templates.size(); ++t) {
      const double off = static_cast<double>(counts[ReverseBits(templates[t], m)]) - mean;
      chi2[t] += off * off / variance;
    }
  }
  for (size_t t = 0; t < templates.size(); ++t) {
    outcomes.push_back({"NonOverlappingTemplate",
                        TemplateText(templates[t], m),
                        chi2[t],
                        UpperChiSquare(chi2[t], kBlocks),
                        ""});
  }
  return outcomes;
}

std::vector<double> StsOverlappingProbabilities(int length, int m) {
  const double eta = std::ldexp(length - m + 1, -m) / 2;
  std::vector<double> p;
  double sum = 0;
  for (int u = 0; u < static_cast<int>(kOverlappingClasses) - 1; ++u) {
    p.push_back(CompoundPoisson(u, eta));
    sum += p.back();
  }
  p.push_back(1.0 - sum);
  return p;
}

std::vector<double> ExactOverlappingProbabilities(int length, int m) {
  // State: ones in a row (at most m) and occurrences so far (at most 5).
  std::vector<std::array<double, kOverlappingClasses>> state(static_cast<size_t>(m) + 1);
  state[0][0] = 1;
  for (int i = 0; i < length; ++i) {
    std::vector<std::array<double, kOverlappingClasses>> next(state.size());
    for (size_t ones = 0; ones < state.size(); ++ones) {
      for (size_t u = 0; u < kOverlappingClasses; ++u) {
        const double half = state[ones][u] / 2;
        next[0][u] += half;
        const size_t more = std::min(ones + 1, static_cast<size_t>(m));
        const bool occurs = more == static_cast<size_t>(m);
        next[more][std::min(u + (occurs ? 1 : 0), kOverlappingClasses - 1)] += half;
      }
    }
    state = std::move(next);
  }
  std::vector<double> p(kOverlappingClasses);
  for (const auto& row : state)
    for (size_t u = 0; u < kOverlappingClasses; ++u) p[u] += row[u];
  return p;
}

TestOutcomes OverlappingTemplateTest(const BitSequence& bits, const Sp80022Options& options) {
  const int m = options.overlapping_m;
  CHAOSENSE_CHECK(m >= 2 && m <= 16, "templates of {} bits", m);
  const size_t n = bits.size();
  const std::string name = TemplateText((uint32_t{1} << m) - 1, m);
  const size_t minimum = options.check_conditions ? 1000000 : kOverlappingM;
  if (n < minimum) {
    return {NotApplicable("OverlappingTemplate", fmt::format("n = {} < {}", n, minimum), name)};
  }
  constexpr int kLength = static_cast<int>(kOverlappingM);
  const std::vector<double> p = options.constants == Sp80022Constants::kSts
                                    ? StsOverlappingProbabilities(kLength, m)
                                    : ExactOverlappingProbabilities(kLength, m);
  const size_t blocks = n / kOverlappingM;
  const double rarest = static_cast<double>(blocks) * *std::min_element(p.begin(), p.end());
  if (options.check_conditions && rarest < 5) {
    return {NotApplicable("OverlappingTemplate",
                          fmt::format("m = {}: a class of {:.2f} < 5 blocks", m, rarest),
                          name)};
  }
  std::array<int64_t, kOverlappingClasses> counts{};
  for (size_t block = 0; block < blocks; ++block) {
    // A run of r >= m ones holds r - m + 1 occurrences.
    size_t occurrences = 0;
    int ones = 0;
    for (size_t i = block * kOverlappingM; i < (block + 1) * kOverlappingM; ++i) {
      ones = bits[i] ? ones + 1 : 0;
      occurrences += ones >= m;
    }
    ++counts[std::min(occurrences, kOverlappingClasses - 1)];
  }
  double chi2 = 0;
  for (size_t u = 0; u < kOverlappingClasses; ++u) {
    const double expected = static_cast<double>(blocks) * p[u];
    const double off = static_cast<double>(counts[u]) - expected;
    chi2 += off * off / expected;
  }
  return {{"OverlappingTemplate", name, chi2, UpperChiSquare(chi2, kOverlappingClasses - 1), ""}};
}

}  // namespace chaosense
