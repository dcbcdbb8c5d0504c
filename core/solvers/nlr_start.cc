// The published start of NLR-CS, and its parameters.
#include <Eigen/Core>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/signals.h"
#include "core/solvers/nlr.h"
#include "core/solvers/patch_groups.h"

namespace chaosense {
namespace {

constexpr int kN = kPatch * kPatch;
constexpr int kIterations = 300;
constexpr float kStep = 1.5f;

// The orthonormal DCT-II of kN values; row 0 is constant.
Eigen::MatrixXf DctMatrix() {
  Eigen::MatrixXf matrix(kN, kN);
  for (int k = 0; k < kN; ++k) {
    for (int i = 0; i < kN; ++i) {
      matrix(k, i) = static_cast<float>(std::sqrt((k == 0 ? 1.0 : 2.0) / kN) *
                                        std::cos(std::numbers::pi * (2 * i + 1) * k / (2 * kN)));
    }
  }
  return matrix;
}

class PatchDct {
 public:
  PatchDct(int height, int width)
      : width_(width),
        rows_(ReferencePositions(height)),
        columns_(ReferencePositions(width)),
        dct_(DctMatrix()),
        patches_(kN, static_cast<Eigen::Index>(rows_.size() * columns_.size())),
        inverse_cover_(Eigen::VectorXf::Zero(Eigen::Index{height} * width)) {
    ForEachPixel([&](Eigen::Index, Eigen::Index, size_t pixel) {
      inverse_cover_[static_cast<Eigen::Index>(pixel)] += 1;
    });
    inverse_cover_ = inverse_cover_.cwiseInverse();  // every pixel lies in some patch
  }

  void SoftThreshold(float threshold, std::vector<float>& x) {
    ForEachPixel(
        [&](Eigen::Index i, Eigen::Index patch, size_t pixel) { patches_(i, patch) = x[pixel]; });
    coefficients_.noalias() = dct_ * patches_;
    coefficients_ -= coefficients_.cwiseMin(threshold).cwiseMax(-threshold).eval();
    patches_.noalias() = dct_.transpose() * coefficients_;
    std::fill(x.begin(), x.end(), 0.0f);
    ForEachPixel(
        [&](Eigen::Index i, Eigen::Index patch, size_t pixel) { x[pixel] += patches_(i, patch); });
    Eigen::Map<Eigen::VectorXf>(x.data(), inverse_cover_.size()).array() *= inverse_cover_.array();
  }

 private:
  // visit(index in the patch, patch, pixel of the plane)
  template <typename Visit>
  void ForEachPixel(Visit visit) const {
    Eigen::Index patch = 0;
    for (const int y : rows_) {
      for (const int x : columns_) {
        for (int i = 0; i < kN; ++i) {
          visit(i, patch, static_cast<size_t>((y + i / kPatch) * width_ + x + i % kPatch));
        }
        ++patch;
      }
    }
  }

  int width_;
  std::vector<int> rows_;
  std::vector<int> columns_;
  Eigen::MatrixXf dct_;
  Eigen::MatrixXf patches_;  // one a column
  Eigen::MatrixXf coefficients_;
  Eigen::VectorXf inverse_cover_;
};

}  // namespace

NlrOptions NlrOptionsForTableRate(double table_rate) {
  struct Row {
    double rate;  // the row serves rates up to this one
    NlrOptions options;
  };
  static const Row kTable[] = {{0.05, {3.8f, 4.66f, 0.6f, 2.2f}},
                               {0.10, {2.4f, 3.25f, 0.49f, 1.55f}},
                               {0.15, {1.8f, 2.65f, 0.49f, 1.35f}},
                               {0.20, {1.4f, 2.35f, 0.49f, 1.32f}},
                               {0.25, {1.0f, 2.1f, 0.49f, 1.15f}},
                               {0.30, {0.8f, 1.8f, 0.49f, 0.9f}}};
  for (const Row& row : kTable) {
    if (table_rate <= row.rate) return row.options;
  }
  return {0.8f, 1.4f, 0.49f, 0.75f};
}

std::vector<float> NlrDctStart(const MeasurementOperator& op,
                               std::span<const float> y,
                               float threshold) {
  CHAOSENSE_CHECK(static_cast<int64_t>(y.size()) == op.measurements());
  // r = y - A x turns into -r/2 with every step of length 1.5, as A A' = I: three of them together
  // are one step of 1.5 (1 - 1/2 + 1/4).
  constexpr float kThreeSteps = kStep * (1 + (1 - kStep) + (1 - kStep) * (1 - kStep));
  std::vector<float> x(static_cast<size_t>(op.pixels()));
  std::vector<float> pull(x.size());
  std::vector<float> residual(y.size());
  op.ApplyTranspose(y, x);
  PatchDct dct(op.height(), op.width());
  for (int i = 0; i < kIterations; ++i) {
    if (i % 16 == 0) ThrowIfInterrupted();
    op.Apply(x, residual);
    for (size_t k = 0; k < y.size(); ++k) residual[k] = kThreeSteps * (y[k] - residual[k]);
    op.ApplyTranspose(residual, pull);
    for (size_t k = 0; k < x.size(); ++k) x[k] += pull[k];
    dct.SoftThreshold(threshold, x);
  }
  return x;
}

}  // namespace chaosense
