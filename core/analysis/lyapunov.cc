#include "core/analysis/lyapunov.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/confidence.h"
#include "core/analysis/orbit.h"

namespace chaosense {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr size_t kBatches = 20;

double Norm(std::span<const double> vector) {
  double sum = 0;
  for (const double value : vector) sum += value * value;
  return std::sqrt(sum);
}

// Tangent vectors, one a row, kept orthonormal.
class Tangents {
 public:
  explicit Tangents(size_t n) : n_(n), rows_(n * n, 0.0), moved_(n * n), norms_(n) {
    for (size_t i = 0; i < n; ++i) rows_[i * n + i] = 1;
  }

  // Moves them by the Jacobian; norms()[k] is the growth along the k-th direction.
  void Move(std::span<const double> jacobian) {
    for (size_t k = 0; k < n_; ++k) {
      for (size_t i = 0; i < n_; ++i) {
        double sum = 0;
        for (size_t j = 0; j < n_; ++j) sum += jacobian[i * n_ + j] * rows_[k * n_ + j];
        moved_[k * n_ + i] = sum;
      }
    }
    rows_.swap(moved_);
    for (size_t k = 0; k < n_; ++k) {
      const std::span<double> row(&rows_[k * n_], n_);
      for (size_t e = 0; e < k; ++e) Subtract(e, row);
      norms_[k] = Norm(row);
      if (!(norms_[k] > 0)) Restart(k);
      const double norm = norms_[k] > 0 ? norms_[k] : 1;
      for (double& value : row) value /= norm;
    }
  }

  const std::vector<double>& norms() const { return norms_; }

 private:
  void Subtract(size_t earlier, std::span<double> row) const {
    double product = 0;
    for (size_t i = 0; i < n_; ++i) product += row[i] * rows_[earlier * n_ + i];
    for (size_t i = 0; i < n_; ++i) row[i] -= product * rows_[earlier * n_ + i];
  }

  // A direction that the Jacobian wiped out goes on as any that is orthogonal to the others.
  void Restart(size_t k) {
    const std::span<double> row(&rows_[k * n_], n_);
    for (size_t axis = 0; axis < n_; ++axis) {
      std::fill(row.begin(), row.end(), 0.0);
      row[axis] = 1;
      for (size_t e = 0; e < k; ++e) Subtract(e, row);
      const double norm = Norm(row);
      if (norm < 0.5 / static_cast<double>(n_)) continue;
      for (double& value : row) value /= norm;
      return;
    }
  }

  size_t n_;
  std::vector<double> rows_;
  std::vector<double> moved_;
  std::vector<double> norms_;
};

// By Gaussian elimination with pivots; `matrix` is used up.
double LogAbsDeterminant(size_t n, std::vector<double>& matrix) {
  double sum = 0;
  for (size_t k = 0; k < n; ++k) {
    size_t pivot = k;
    for (size_t i = k + 1; i < n; ++i) {
      if (std::fabs(matrix[i * n + k]) > std::fabs(matrix[pivot * n + k])) pivot = i;
    }
    const double value = matrix[pivot * n + k];
    if (value == 0) return -kInfinity;
    sum += std::log(std::fabs(value));
    for (size_t j = k; j < n; ++j) std::swap(matrix[k * n + j], matrix[pivot * n + j]);
    for (size_t i = k + 1; i < n; ++i) {
      const double factor = matrix[i * n + k] / value;
      for (size_t j = k; j < n; ++j) matrix[i * n + j] -= factor * matrix[k * n + j];
    }
  }
  return sum;
}

LyapunovSpectrum Escaped(size_t n) {
  return {std::vector<double>(n, kNaN), std::vector<double>(n, kNaN), kNaN, true};
}

}  // namespace

LyapunovSpectrum MeasureLyapunov(const ChaoticMap& map,
                                 std::vector<double> state,
                                 const LyapunovOptions& options) {
  const size_t n = map.dimension();
  std::vector<double> jacobian(n * n);
  Tangents tangents(n);
  for (int64_t step = 0; step < options.transient; ++step) {
    map.StepWithJacobian(state, jacobian);
    tangents.Move(jacobian);
  }
  if (HasEscaped(state)) return Escaped(n);
  const int64_t batch = std::max<int64_t>(1, options.steps / static_cast<int64_t>(kBatches));
  std::vector<std::vector<double>> means(n, std::vector<double>(kBatches, 0.0));
  double log_det = 0;
  for (size_t b = 0; b < kBatches; ++b) {
    for (int64_t step = 0; step < batch; ++step) {
      map.StepWithJacobian(state, jacobian);
      tangents.Move(jacobian);
      for (size_t k = 0; k < n; ++k) means[k][b] += std::log(tangents.norms()[k]);
      log_det += LogAbsDeterminant(n, jacobian);
    }
    if (HasEscaped(state)) return Escaped(n);
    for (size_t k = 0; k < n; ++k) means[k][b] /= static_cast<double>(batch) * options.step_time;
  }
  LyapunovSpectrum spectrum;
  const auto counted = static_cast<double>(batch) * static_cast<double>(kBatches);
  spectrum.mean_log_det = log_det / counted / options.step_time;
  std::vector<std::pair<double, double>> found;
  for (const std::vector<double>& of_batches : means) {
    const Confidence confidence = ConfidenceOf(of_batches);
    found.emplace_back(confidence.mean,
                       confidence.deviation / std::sqrt(static_cast<double>(kBatches)));
  }
  std::stable_sort(
      found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [exponent, error] : found) {
    spectrum.exponents.push_back(exponent);
    spectrum.errors.push_back(error);
  }
  return spectrum;
}

double LargestExponent(const ChaoticMap& map,
                       std::vector<double>& state,
                       const LyapunovOptions& options) {
  const size_t n = map.dimension();
  std::vector<double> jacobian(n * n);
  // A fixed direction that is no coordinate axis: on an axis it might stay in an invariant
  // subspace.
  std::vector<double> tangent(n);
  for (size_t i = 0; i < n; ++i) tangent[i] = 1 / (1.0 + static_cast<double>(i));
  std::vector<double> moved(n);
  double sum = 0;
  for (int64_t step = 0; step < options.transient + options.steps; ++step) {
    map.StepWithJacobian(state, jacobian);
    for (size_t i = 0; i < n; ++i) {
      moved[i] = 0;
      for (size_t j = 0; j < n; ++j) moved[i] += jacobian[i * n + j] * tangent[j];
    }
    const double norm = Norm(moved);
    if (std::isnan(norm) || HasEscaped(state)) return kNaN;
    if (norm == 0) return -kInfinity;
    for (size_t i = 0; i < n; ++i) tangent[i] = moved[i] / norm;
    if (step >= options.transient) sum += std::log(norm);
  }
  return sum / static_cast<double>(options.steps) / options.step_time;
}

}  // namespace chaosense
