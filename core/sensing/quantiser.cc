#include "core/sensing/quantiser.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {
namespace {

// t in [-1, 1] -> 0..255 and back. scale: log(1 + mu).
uint8_t CodeOf(double t, double mu, double scale) {
  t = std::clamp(t, -1.0, 1.0);
  const double s = mu > 0 ? std::copysign(std::log1p(mu * std::abs(t)) / scale, t) : t;
  return static_cast<uint8_t>(std::clamp(std::lround(127.5 * (s + 1.0)), 0L, 255L));
}
double LevelOf(uint8_t code, double mu, double scale) {
  const double s = static_cast<double>(code) / 127.5 - 1.0;
  return mu > 0 ? std::copysign(std::expm1(std::abs(s) * scale) / mu, s) : s;
}

}  // namespace

Quantiser::Quantiser(std::vector<float> centre, std::vector<float> half_range, double mu)
    : Quantiser(std::move(centre), half_range, std::vector<double>(half_range.size(), mu)) {}

Quantiser::Quantiser(std::vector<float> centre,
                     std::vector<float> half_range,
                     std::vector<double> mu)
    : centre_(std::move(centre)), half_range_(std::move(half_range)), mu_(std::move(mu)) {
  CHAOSENSE_CHECK(centre_.size() == half_range_.size() && centre_.size() == mu_.size() &&
                  !centre_.empty());
  for (const double mu_k : mu_) CHAOSENSE_CHECK(mu_k >= 0);
  for (const float h : half_range_) CHAOSENSE_CHECK(h > 0, "a quantiser's range must be positive");
}

Quantiser Quantiser::Truncated(size_t coefficients) const {
  CHAOSENSE_CHECK(coefficients >= 1 && coefficients <= centre_.size());
  const auto count = static_cast<ptrdiff_t>(coefficients);
  return Quantiser({centre_.begin(), centre_.begin() + count},
                   {half_range_.begin(), half_range_.begin() + count},
                   {mu_.begin(), mu_.begin() + count});
}

Quantiser Quantiser::Repeated(int times) const {
  Quantiser result = *this;
  for (int i = 1; i < times; ++i) {
    result.centre_.insert(result.centre_.end(), centre_.begin(), centre_.end());
    result.half_range_.insert(result.half_range_.end(), half_range_.begin(), half_range_.end());
    result.mu_.insert(result.mu_.end(), mu_.begin(), mu_.end());
  }
  return result;
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

Quantiser Quantiser::FitLeastSquares(const std::vector<float>& values,
                                     size_t coefficients,
                                     double margin) {
  Quantiser best = Fit(values, coefficients, 0, margin);
  for (size_t k = 0; k < coefficients; ++k) {
    double least = -1;
    for (const double mu : {0.0, 3.0, 10.0, 30.0, 100.0, 255.0}) {
      const double scale = std::log1p(mu);
      double error = 0;
      for (size_t i = k; i < values.size(); i += coefficients) {
        const double t = (static_cast<double>(values[i]) - best.centre_[k]) / best.half_range_[k];
        const double miss = t - LevelOf(CodeOf(t, mu, scale), mu, scale);
        error += miss * miss;
      }
      if (least < 0 || error < least) {
        least = error;
        best.mu_[k] = mu;
      }
    }
  }
  return best;
}

Codes<uint8_t> Quantiser::Quantise(const Codes<float>& codes) const {
  CHAOSENSE_CHECK(codes.coefficients() == centre_.size());
  Codes<uint8_t> result{codes.grid, codes.block, std::vector<uint8_t>(codes.values.size())};
  for (size_t k = 0; k < centre_.size(); ++k) {
    const double scale = std::log1p(mu_[k]);
    for (size_t i = k; i < codes.values.size(); i += centre_.size()) {
      const double t = (static_cast<double>(codes.values[i]) - centre_[k]) / half_range_[k];
      result.values[i] = CodeOf(t, mu_[k], scale);
    }
  }
  return result;
}

Codes<float> Quantiser::Dequantise(const Codes<uint8_t>& codes) const {
  CHAOSENSE_CHECK(codes.coefficients() == centre_.size());
  Codes<float> result{codes.grid, codes.block, std::vector<float>(codes.values.size())};
  for (size_t k = 0; k < centre_.size(); ++k) {
    const double scale = std::log1p(mu_[k]);
    for (size_t i = k; i < codes.values.size(); i += centre_.size()) {
      const auto t = static_cast<float>(LevelOf(codes.values[i], mu_[k], scale));
      result.values[i] = centre_[k] + half_range_[k] * t;
    }
  }
  return result;
}

}  // namespace chaosense
