#include "core/analysis/quantiser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "core/analysis/orbit.h"

namespace chaosense {

std::string OrbitQuantiser::Name() const {
  return decimal > 0 ? fmt::format("floor(|x| 10^{}) mod 256", decimal)
                     : fmt::format("floor(|x| 2^{}) mod 256", binary);
}

uint8_t OrbitQuantiser::Byte(double x) const {
  // Powers of ten up to 10^22 are exact, and so is fmod, which takes the reals beyond 2^63.
  static constexpr std::array<double, 23> kTens = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const double scaled = decimal > 0 ? std::fabs(x) * kTens.at(static_cast<size_t>(decimal))
                                    : std::ldexp(std::fabs(x), binary);
  if (!std::isfinite(scaled)) return 0;
  if (scaled < 0x1p63) return static_cast<uint8_t>(static_cast<uint64_t>(scaled) & 255);
  return static_cast<uint8_t>(std::fmod(std::floor(scaled), 256.0));
}

const std::vector<OrbitQuantiser>& CommonQuantisers() {
  static const std::vector<OrbitQuantiser> rules = {
      {3, 0}, {6, 0}, {10, 0}, {14, 0}, {15, 0}, {16, 0}, {0, 8}, {0, 32}, {0, 53}};
  return rules;
}

std::vector<QuantiserBias> MeasureQuantisers(const ChaoticMap& map,
                                             std::vector<double> state,
                                             int64_t samples,
                                             const std::vector<OrbitQuantiser>& rules,
                                             size_t coordinate) {
  constexpr int kTransient = 1000;
  for (int i = 0; i < kTransient; ++i) map.Step(state);
  std::vector<std::array<int64_t, 256>> counts(rules.size());
  for (auto& one : counts) one.fill(0);
  int64_t taken = 0;
  for (; taken < samples; ++taken) {
    map.Step(state);
    if (HasEscaped(state)) break;
    for (size_t e = 0; e < rules.size(); ++e) ++counts[e][rules[e].Byte(state[coordinate])];
  }
  std::vector<QuantiserBias> results;
  const auto n = static_cast<double>(taken);
  for (size_t e = 0; e < rules.size(); ++e) {
    QuantiserBias bias{rules[e], taken};
    if (taken == 0) {
      constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
      results.push_back({rules[e], 0, kNaN, kNaN, kNaN, kNaN, kNaN});
      continue;
    }
    for (size_t byte = 0; byte < 256; ++byte) {
      const auto count = static_cast<double>(counts[e][byte]);
      bias.chi2 += (count - n / 256) * (count - n / 256) / (n / 256);
      if (byte % 2 == 1) bias.odd += count / n;
      if (count > 0) bias.entropy -= count / n * std::log2(count / n);
    }
    bias.p = boost::math::gamma_q(255.0 / 2, bias.chi2 / 2);
    bias.bias = std::max(0.0, (bias.chi2 - 255) / n);
    results.push_back(bias);
  }
  return results;
}

}  // namespace chaosense
