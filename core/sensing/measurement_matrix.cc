#include "core/sensing/measurement_matrix.h"

#include <Eigen/QR>

#include "core/base/error.h"
#include "core/base/random.h"

namespace chaosense {

MatrixRowF OrthonormalGaussian(int rows, int columns, uint64_t seed) {
  CHAOSENSE_CHECK(rows >= 1 && rows <= columns);
  RandomStream random(fmt::format("gaussian matrix|{}|{}x{}", seed, rows, columns));
  Eigen::MatrixXd gaussian(columns, rows);
  for (Eigen::Index j = 0; j < rows; ++j) {
    for (Eigen::Index i = 0; i < columns; ++i) gaussian(i, j) = random.Normal();
  }
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(gaussian);
  const Eigen::MatrixXd q = qr.householderQ() * Eigen::MatrixXd::Identity(columns, rows);
  return q.transpose().cast<float>();
}

MatrixRowF FromColumnMajorBlocks(const MatrixRowF& phi, int block) {
  CHAOSENSE_CHECK(phi.cols() == block * block);
  MatrixRowF result(phi.rows(), phi.cols());
  for (int y = 0; y < block; ++y) {
    for (int x = 0; x < block; ++x) result.col(y * block + x) = phi.col(x * block + y);
  }
  return result;
}

}  // namespace chaosense
