#include "core/solvers/symmetric_eigen.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>

#include "core/base/random.h"

namespace chaosense {
namespace {

using Square = Eigen::Matrix<double, kEigenSize, kEigenSize>;
using Padded = Eigen::Matrix<float, kEigenSize, kEigenStride, Eigen::RowMajor>;

// B B' of a random kEigenSize x `rank` matrix whose rows' sizes fall by `decay` each.
Padded GramMatrix(int rank, double decay, const std::string& seed) {
  RandomStream random(seed);
  Eigen::MatrixXd b(kEigenSize, rank);
  for (int i = 0; i < kEigenSize; ++i) {
    for (int j = 0; j < rank; ++j) b(i, j) = 100 * std::pow(decay, i) * random.Normal();
  }
  Padded result = Padded::Zero();
  result.leftCols(kEigenSize) = (b * b.transpose()).cast<float>();
  return result;
}

void ExpectDiagonalises(const Padded& matrix) {
  Padded destroyed = matrix;
  Padded vectors;
  SymmetricEigenvectors(destroyed.data(), 1, vectors.data());
  const Square v = vectors.leftCols(kEigenSize).cast<double>();
  const Square a = matrix.leftCols(kEigenSize).cast<double>();
  EXPECT_LT((v * v.transpose() - Square::Identity()).cwiseAbs().maxCoeff(), 1e-5);
  Square d = v * a * v.transpose();
  d.diagonal().setZero();
  EXPECT_LE(d.cwiseAbs().maxCoeff(), 3e-6 * a.norm());
  EXPECT_TRUE((vectors.rightCols(kEigenStride - kEigenSize).array() == 0).all());
}

TEST(SymmetricEigenvectors, DiagonaliseGramMatrices) {
  for (const double decay : {1.0, 0.8, 0.3}) {
    for (const int rank : {1, 5, 36, 45}) {
      SCOPED_TRACE(fmt::format("decay {} rank {}", decay, rank));
      ExpectDiagonalises(GramMatrix(rank, decay, fmt::format("{} {}", decay, rank)));
    }
  }
}

TEST(SymmetricEigenvectors, TakeMatricesThatAreDiagonalAlready) {
  ExpectDiagonalises(Padded::Zero());
  Padded diagonal = Padded::Zero();
  for (int i = 0; i < kEigenSize; ++i) diagonal(i, i) = static_cast<float>(i % 5);
  ExpectDiagonalises(diagonal);
  ExpectDiagonalises(GramMatrix(36, 0.8, "small") * 1e-15f);
}

// The batch is only a matter of speed.
TEST(SymmetricEigenvectors, DoNotDependOnTheBatch) {
  using Batch = Eigen::Matrix<float, kEigenBatch * kEigenSize, kEigenStride, Eigen::RowMajor>;
  Batch matrices;
  for (int i = 0; i < kEigenBatch; ++i) {
    // One of them 0, the others done after different numbers of rotations.
    matrices.middleRows<kEigenSize>(i * kEigenSize) =
        i == 1 ? Padded(Padded::Zero()) : GramMatrix(10 * i + 6, 0.9, fmt::format("batch {}", i));
  }
  Batch together = matrices;
  Batch vectors;
  SymmetricEigenvectors(together.data(), kEigenBatch, vectors.data());
  for (int i = 0; i < kEigenBatch; ++i) {
    Padded one = matrices.middleRows<kEigenSize>(i * kEigenSize);
    Padded alone;
    SymmetricEigenvectors(one.data(), 1, alone.data());
    EXPECT_EQ(alone, Padded(vectors.middleRows<kEigenSize>(i * kEigenSize))) << i;
  }
}

}  // namespace
}  // namespace chaosense
