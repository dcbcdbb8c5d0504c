#include "core/solvers/low_rank.h"

#include <gtest/gtest.h>

#include <Eigen/SVD>
#include <cmath>
#include <vector>

#include "core/base/random.h"

namespace chaosense {
namespace {

using Rows = Eigen::Matrix<float, kGroupRows, kEigenStride, Eigen::RowMajor>;

// A group of rank about 4 and some noise, as similar patches are.
Rows SimilarPatches(const std::string& seed) {
  RandomStream random(seed);
  const auto gaussian = [&](int rows, int columns, double scale) {
    Eigen::MatrixXf m(rows, columns);
    for (Eigen::Index i = 0; i < m.size(); ++i)
      m.data()[i] = static_cast<float>(scale * random.Normal());
    return m;
  };
  Rows patches = Rows::Zero();
  patches.topLeftCorner<kGroup, kEigenSize>() =
      (gaussian(kGroup, 4, 5) * gaussian(4, kEigenSize, 1) + gaussian(kGroup, kEigenSize, 1))
          .array() +
      100;
  return patches;
}

// The basis of this very group.
std::vector<float> BasisOf(const Rows& patches) {
  Rows centred = patches;
  std::vector<float> basis(kBasisFloats);
  GroupBases(centred.data(), 1, basis.data());
  return basis;
}

struct Expected {
  Eigen::MatrixXf patches;
  int rank;
};

// The definition, by Eigen's singular value decomposition.
Expected ByDefinition(const Rows& patches, const Shrinkage& shrinkage) {
  const Eigen::MatrixXf group = patches.topLeftCorner<kGroup, kEigenSize>();
  const Eigen::RowVectorXf mean = group.colwise().mean();
  const Eigen::MatrixXf centred = group.rowwise() - mean;
  const Eigen::JacobiSVD<Eigen::MatrixXf> svd(centred, Eigen::ComputeThinU | Eigen::ComputeThinV);
  Eigen::VectorXf values = svd.singularValues();
  for (float& s : values) s = std::max(0.0f, s - shrinkage.constant - shrinkage.weight / s);
  return {(svd.matrixU() * values.asDiagonal() * svd.matrixV().transpose()).rowwise() + mean,
          static_cast<int>((values.array() > 0).count())};
}

TEST(ShrinkGroup, IsTheDefinition) {
  for (const Shrinkage shrinkage : {Shrinkage{3, 0}, Shrinkage{0, 60}, Shrinkage{1e9f, 0}}) {
    Rows patches = SimilarPatches("a");
    const Expected expected = ByDefinition(patches, shrinkage);
    EXPECT_EQ(ShrinkGroup(patches.data(), shrinkage, BasisOf(patches).data()), expected.rank);
    EXPECT_LT(
        (patches.topLeftCorner<kGroup, kEigenSize>() - expected.patches).cwiseAbs().maxCoeff(),
        2e-3);
  }
}

// The basis of another group is not its own, and so the result is another than the definition's.
TEST(ShrinkGroup, UsesTheBasisItIsGiven) {
  const Shrinkage shrinkage{0, 60};
  Rows patches = SimilarPatches("c");
  const Expected expected = ByDefinition(patches, shrinkage);
  ShrinkGroup(patches.data(), shrinkage, BasisOf(SimilarPatches("b")).data());
  EXPECT_GT((patches.topLeftCorner<kGroup, kEigenSize>() - expected.patches).cwiseAbs().maxCoeff(),
            0.1);
}

TEST(ShrinkGroup, EqualPatchesStay) {
  Rows patches = Rows::Zero();
  for (int k = 0; k < kGroup; ++k) {
    for (int i = 0; i < kEigenSize; ++i) patches(k, i) = static_cast<float>(i);
  }
  EXPECT_EQ(ShrinkGroup(patches.data(), {0, 60}, BasisOf(patches).data()), 0);
  for (int i = 0; i < kEigenSize; ++i) EXPECT_NEAR(patches(7, i), i, 1e-5);
}

}  // namespace
}  // namespace chaosense
