#include "core/solvers/solver_codes.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr double kMu = 100;             // companding, as the linear methods
constexpr float kHalfRange = 6 * 0.5f;  // 6 of the largest possible standard deviation

// A mean in [0, 1] to a value whose quantiser code is round(255 mean), and back: undoes the
// companding of quantiser.h beforehand.
float ExpandMean(double mean) {
  const double s = 2 * mean - 1;
  return static_cast<float>(std::copysign(std::expm1(std::abs(s) * std::log1p(kMu)) / kMu, s) *
                            kHalfRange);
}
double CompressMean(float value) {
  const double t = static_cast<double>(value) / kHalfRange;
  return 0.5 * (1 + std::copysign(std::log1p(kMu * std::abs(t)) / std::log1p(kMu), t));
}

// Calls visit(index of the measurement, index in codes.values).
template <typename Visit>
void ForEachMeasurement(const Codes<float>& codes, int channel, Visit visit) {
  const size_t rows = codes.coefficients() / static_cast<size_t>(codes.block.channels);
  const size_t blocks = static_cast<size_t>(codes.grid.count());
  size_t i = 0;
  for (size_t block = 0; block < blocks; ++block) {
    const size_t start = block * codes.coefficients() + static_cast<size_t>(channel) * rows;
    for (size_t row = 0; row < rows; ++row) visit(i++, start + row);
  }
}

Quantiser Replicate(const std::vector<float>& centre,
                    const std::vector<float>& half,
                    int channels) {
  std::vector<float> centres;
  std::vector<float> halves;
  for (int c = 0; c < channels; ++c) {
    centres.insert(centres.end(), centre.begin(), centre.end());
    halves.insert(halves.end(), half.begin(), half.end());
  }
  return Quantiser(std::move(centres), std::move(halves), kMu);
}

}  // namespace

void StoreMeasurements(std::span<const float> y,
                       std::span<const int64_t> mean_groups,
                       int channel,
                       Codes<float>& codes) {
  ForEachMeasurement(codes, channel, [&](size_t i, size_t at) {
    codes.values[at] = i < mean_groups.size()
                           ? ExpandMean(y[i] / std::sqrt(static_cast<double>(mean_groups[i])))
                           : y[i];
  });
}

std::vector<float> LoadMeasurements(const Codes<float>& codes,
                                    std::span<const int64_t> mean_groups,
                                    int channel) {
  std::vector<float> y(codes.values.size() / static_cast<size_t>(codes.block.channels));
  ForEachMeasurement(codes, channel, [&](size_t i, size_t at) {
    y[i] = i < mean_groups.size()
               ? static_cast<float>(CompressMean(codes.values[at]) *
                                    std::sqrt(static_cast<double>(mean_groups[i])))
               : codes.values[at];
  });
  return y;
}

Quantiser QuantiserForMatrix(const MatrixRowF& phi, int channels) {
  std::vector<float> centre(static_cast<size_t>(phi.rows()));
  std::vector<float> half(centre.size());
  for (Eigen::Index row = 0; row < phi.rows(); ++row) {
    const float sum = phi.row(row).sum();
    centre[static_cast<size_t>(row)] = 0.5f * sum;
    half[static_cast<size_t>(row)] =
        std::min(0.5f * phi.row(row).cwiseAbs().sum(), 0.5f * std::abs(sum) + kHalfRange);
  }
  return Replicate(centre, half, channels);
}

Quantiser QuantiserForScrambled(int rows, int channels) {
  const std::vector<float> centre(static_cast<size_t>(rows), 0.0f);
  return Replicate(centre, std::vector<float>(centre.size(), kHalfRange), channels);
}

}  // namespace chaosense
