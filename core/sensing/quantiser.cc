#include "core/sensing/quantiser.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {

Quantiser::Quantiser(std::vector<float> centre, std::vector<float> half_range, double mu)
    : centre_(std::move(centre)), half_range_(std::move(half_range)), mu_(mu), levels_(256) {
  CHAOSENSE_CHECK(centre_.size() == half_range_.size() && !centre_.empty());
  CHAOSENSE_CHECK(mu_ >= 0);
  for (const float h : half_range_) CHAOSENSE_CHECK(h > 0, "a quantiser's range must be positive");
  for (size_t code = 0; code < 256; ++code) {
    const double s = static_cast<double>(code) / 127.5 - 1.0;
    const double t =
        mu_ > 0 ? std::copysign(std::expm1(std::abs(s) * std::log1p(mu_)) / mu_, s) : s;
    levels_[code] = static_cast<float>(t);
  }
}

Quantiser Quantiser::Fit(const std::vector<float>& values,
                         size_t coefficients,
                         double mu,
                         double margin) {
  CHAOSENSE_CHECK(coefficients > 0 && !values.empty() && values.size() % coefficients == 0);
  std::vector<float> low(values.begin(), values.begin() + static_cast<ptrdiff_t>(coefficients));
  std::vector<float> high = low;
  for (size_t i = 0; i < values.size(); ++i) {
    const size_t k = i % coefficients;
    low[k] = std::min(low[k], values[i]);
    high[k] = std::max(high[k], values[i]);
  }
  std::vector<float> centre(coefficients);
  std::vector<float> half(coefficients);
  for (size_t k = 0; k < coefficients; ++k) {
    centre[k] = 0.5f * (low[k] + high[k]);
    half[k] = std::max(0.5f * (high[k] - low[k]) * static_cast<float>(margin), 1e-6f);
  }
  return Quantiser(std::move(centre), std::move(half), mu);
}

Codes<uint8_t> Quantiser::Quantise(const Codes<float>& codes) const {
  CHAOSENSE_CHECK(codes.coefficients() == centre_.size());
  Codes<uint8_t> result{codes.grid, codes.block, std::vector<uint8_t>(codes.values.size())};
  const double scale = mu_ > 0 ? 1.0 / std::log1p(mu_) : 1.0;
  for (size_t i = 0; i < codes.values.size(); ++i) {
    const size_t k = i % centre_.size();
    const double t =
        std::clamp((static_cast<double>(codes.values[i]) - centre_[k]) / half_range_[k], -1.0, 1.0);
    const double s = mu_ > 0 ? std::copysign(std::log1p(mu_ * std::abs(t)) * scale, t) : t;
    result.values[i] = static_cast<uint8_t>(std::clamp(std::lround(127.5 * (s + 1.0)), 0L, 255L));
  }
  return result;
}

Codes<float> Quantiser::Dequantise(const Codes<uint8_t>& codes) const {
  CHAOSENSE_CHECK(codes.coefficients() == centre_.size());
  Codes<float> result{codes.grid, codes.block, std::vector<float>(codes.values.size())};
  for (size_t i = 0; i < codes.values.size(); ++i) {
    const size_t k = i % centre_.size();
    result.values[i] = centre_[k] + half_range_[k] * levels_[codes.values[i]];
  }
  return result;
}

}  // namespace chaosense
