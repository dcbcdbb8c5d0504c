// Frequency (section 2.1) and BlockFrequency (2.2).
#include <cmath>

#include "core/randomness/sp800_22.h"

namespace chaosense {

TestOutcomes FrequencyTest(const BitSequence& bits, const Sp80022Options& options) {
  const size_t n = bits.size();
  const size_t minimum = options.check_conditions ? 100 : 1;
  if (n < minimum) return {NotApplicable("Frequency", fmt::format("n = {} < {}", n, minimum))};
  const double sum = 2.0 * static_cast<double>(bits.Ones()) - static_cast<double>(n);
  const double z = std::fabs(sum) / std::sqrt(static_cast<double>(n));
  return {{"Frequency", "", z, TwoSidedNormal(z), ""}};
}

TestOutcomes BlockFrequencyTest(const BitSequence& bits, const Sp80022Options& options) {
  const size_t n = bits.size();
  const size_t m = static_cast<size_t>(options.block_frequency_m);
  const size_t minimum = std::max<size_t>(options.check_conditions ? 100 : 1, m);
  if (n < minimum) return {NotApplicable("BlockFrequency", fmt::format("n = {} < {}", n, minimum))};
  const size_t blocks = n / m;
  double sum = 0;
  for (size_t i = 0; i < blocks; ++i) {
    const double share =
        static_cast<double>(bits.Ones(i * m, (i + 1) * m)) / static_cast<double>(m) - 0.5;
    sum += share * share;
  }
  const double chi2 = 4.0 * static_cast<double>(m) * sum;
  return {{"BlockFrequency", "", chi2, UpperChiSquare(chi2, static_cast<double>(blocks)), ""}};
}

}  // namespace chaosense
