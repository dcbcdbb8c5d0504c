#include "core/training/principal_components.h"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {
namespace {

constexpr int kIterations = 24;
constexpr int kSpare =
    64;  // vectors beyond those asked for: they take the slow convergence at the border

Eigen::MatrixXf Orthonormal(const Eigen::MatrixXf& columns) {
  const Eigen::HouseholderQR<Eigen::MatrixXf> qr(columns);
  return qr.householderQ() * Eigen::MatrixXf::Identity(columns.rows(), columns.cols());
}

// Share of pixel `pixel` that lies in cell `cell` when `side` pixels are cut into `cells`.
double Coverage(int pixel, int cell, int side, int cells) {
  const double begin = static_cast<double>(cell) * side / cells;
  const double end = static_cast<double>(cell + 1) * side / cells;
  return std::max(0.0, std::min<double>(end, pixel + 1) - std::max<double>(begin, pixel));
}

}  // namespace

MatrixRowF LeadingEigenvectors(const Eigen::MatrixXf& covariance, int count, uint64_t seed) {
  const Eigen::Index n = covariance.rows();
  CHAOSENSE_CHECK(covariance.cols() == n && count >= 1 && count <= n);
  RandomStream random("seed=" + std::to_string(seed) + "|subspace");
  Eigen::MatrixXf basis(n, std::min<Eigen::Index>(n, count + kSpare));
  for (Eigen::Index i = 0; i < basis.size(); ++i)
    basis.data()[i] = static_cast<float>(random.Normal());
  basis = Orthonormal(basis);
  for (int i = 0; i < kIterations; ++i) basis = Orthonormal(covariance * basis);
  // Rayleigh-Ritz: the best vectors within the space, ascending eigenvalues.
  const Eigen::MatrixXd small = (basis.transpose() * (covariance * basis)).cast<double>();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(0.5 * (small + small.transpose()));
  CHAOSENSE_CHECK(solver.info() == Eigen::Success);
  const Eigen::MatrixXf chosen =
      solver.eigenvectors().rowwise().reverse().leftCols(count).cast<float>();
  return (basis * chosen).transpose();
}

MatrixRowF ThumbnailOperator(const Shape& code, int channels, int side) {
  CHAOSENSE_CHECK(code.channels == channels || code.channels == 1,
                  "a code has one plane, or one a channel");
  const int pixels = side * side;
  MatrixRowF rows = MatrixRowF::Zero(static_cast<Eigen::Index>(code.size()), channels * pixels);
  Eigen::Index row = 0;
  for (int plane = 0; plane < code.channels; ++plane) {
    for (int cell_row = 0; cell_row < code.height; ++cell_row) {
      for (int cell_column = 0; cell_column < code.width; ++cell_column, ++row) {
        for (int channel = 0; channel < channels; ++channel) {
          if (code.channels > 1 && channel != plane) continue;
          for (int i = 0; i < pixels; ++i) {
            rows(row, channel * pixels + i) =
                static_cast<float>(Coverage(i / side, cell_row, side, code.height) *
                                   Coverage(i % side, cell_column, side, code.width));
          }
        }
        rows.row(row).normalize();
      }
    }
  }
  return rows;
}

MatrixRowF RotateTowards(const MatrixRowF& rows, const MatrixRowF& target) {
  CHAOSENSE_CHECK(rows.rows() == target.rows() && rows.cols() == target.cols());
  const Eigen::MatrixXf product = target * rows.transpose();
  const Eigen::BDCSVD<Eigen::MatrixXf> svd(product, Eigen::ComputeFullU | Eigen::ComputeFullV);
  return svd.matrixU() * svd.matrixV().transpose() * rows;
}

}  // namespace chaosense
