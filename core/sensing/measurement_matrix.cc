#include "core/sensing/measurement_matrix.h"

#include <Eigen/QR>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/sensing/mat_file.h"

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

std::filesystem::path ResolveDataPath(const std::string& path,
                                      const std::filesystem::path& data_dir) {
  static constexpr char kPrefix[] = "data:";
  if (!path.starts_with(kPrefix)) return path;
  if (data_dir.empty()) {
    throw DataError("{}: no data folder; give --data-dir or set CHAOSENSE_DATA", path);
  }
  return data_dir / path.substr(sizeof(kPrefix) - 1);
}

MatrixRowF LoadPeerMatrix(const std::filesystem::path& path, int rows, int columns) {
  const MatMatrix matrix = LoadMatMatrix(path, "phi");
  if (matrix.rows != rows || matrix.columns != columns) {
    throw ConfigError("{}: phi is {} x {}, expected {} x {} at this rate",
                      path.string(),
                      matrix.rows,
                      matrix.columns,
                      rows,
                      columns);
  }
  using MatrixRowD = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return FromColumnMajorBlocks(
      Eigen::Map<const MatrixRowD>(matrix.values.data(), rows, columns).cast<float>(),
      static_cast<int>(std::lround(std::sqrt(columns))));
}

}  // namespace chaosense
