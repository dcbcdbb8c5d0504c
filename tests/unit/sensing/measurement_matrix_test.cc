#include "core/sensing/measurement_matrix.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/base/error.h"

namespace chaosense {
namespace {

TEST(MeasurementMatrix, RowsAreOrthonormalAndSeeded) {
  const MatrixRowF phi = OrthonormalGaussian(43, 1089, 7);
  EXPECT_LT((phi * phi.transpose() - MatrixRowF::Identity(43, 43)).cwiseAbs().maxCoeff(), 1e-5f);
  EXPECT_EQ(phi, OrthonormalGaussian(43, 1089, 7));
  EXPECT_GT((phi - OrthonormalGaussian(43, 1089, 8)).cwiseAbs().maxCoeff(), 0.01f);
}

TEST(MeasurementMatrix, ColumnMajorReorderingTransposesTheBlock) {
  MatrixRowF phi(1, 4);
  phi << 1, 2, 3, 4;  // weights of pixels (0,0), (1,0), (0,1), (1,1) as (row, column)
  MatrixRowF expected(1, 4);
  expected << 1, 3, 2, 4;
  EXPECT_EQ(FromColumnMajorBlocks(phi, 2), expected);
}

TEST(MeasurementMatrix, DataPathsNeedADataFolder) {
  EXPECT_EQ(ResolveDataPath("a/b.mat", ""), "a/b.mat");
  EXPECT_EQ(ResolveDataPath("data:a/b.mat", "folder"), "folder/a/b.mat");
  EXPECT_THROW(ResolveDataPath("data:a/b.mat", ""), Error);
}

// ReconNet's published matrices: orthonormal rows to 1e-14 (methods' survey), so to float precision
// here.
TEST(MeasurementMatrix, PeersMatricesAreOrthonormal) {
  const char* data = std::getenv("CHAOSENSE_DATA");
  if (data == nullptr) GTEST_SKIP() << "the peers' matrices: CHAOSENSE_DATA is not set";
  const std::filesystem::path path =
      std::filesystem::path(data) / "matrices/reconnet/phi_0_10_1089.mat";
  const MatrixRowF phi = LoadPeerMatrix(path, 109, 1089);
  EXPECT_LT((phi * phi.transpose() - MatrixRowF::Identity(109, 109)).cwiseAbs().maxCoeff(), 1e-5f);
  EXPECT_THROW(LoadPeerMatrix(path, 272, 1089), Error);
}

}  // namespace
}  // namespace chaosense
