#include "core/training/closed_form.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include "core/base/random.h"
#include "core/nets/fclbcnn_net.h"
#include "core/training/principal_components.h"
#include "tests/unit/nets/test_pictures.h"

namespace chaosense {
namespace {

Eigen::MatrixXf RandomMatrix(Eigen::Index rows, Eigen::Index columns, const std::string& name) {
  RandomStream random(name);
  Eigen::MatrixXf matrix(rows, columns);
  for (Eigen::Index i = 0; i < matrix.size(); ++i)
    matrix.data()[i] = static_cast<float>(random.Normal());
  return matrix;
}

std::shared_ptr<BlockNet> Fclbcnn(const Json& description, uint64_t seed) {
  return MakeFclbcnnNet(FclbcnnLayoutFromJson(description, ""), seed);
}

TEST(PrincipalComponents, AgreeWithAFullEigenSolver) {
  // Spectrum 1/k^2, like that of picture blocks.
  const Eigen::Index n = 150;
  const Eigen::HouseholderQR<Eigen::MatrixXf> qr(RandomMatrix(n, n, "basis"));
  const Eigen::MatrixXf q = qr.householderQ();
  Eigen::VectorXf spectrum(n);
  for (Eigen::Index k = 0; k < n; ++k) spectrum[k] = 1.0f / static_cast<float>((k + 1) * (k + 1));
  const Eigen::MatrixXf covariance = q * spectrum.asDiagonal() * q.transpose();
  const MatrixRowF rows = LeadingEigenvectors(covariance, 20, 0);
  EXPECT_LT((rows * rows.transpose() - Eigen::MatrixXf::Identity(20, 20)).cwiseAbs().maxCoeff(),
            1e-4f);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> full(covariance.cast<double>());
  for (int k = 0; k < 20; ++k) {
    const Eigen::VectorXf expected = full.eigenvectors().col(n - 1 - k).cast<float>();
    EXPECT_NEAR(std::abs(rows.row(k).dot(expected)), 1.0f, 1e-3f) << k;
  }
}

TEST(PrincipalComponents, RotationFindsTheTarget) {
  const Eigen::HouseholderQR<Eigen::MatrixXf> qr(RandomMatrix(40, 6, "rows"));
  const MatrixRowF rows = (qr.householderQ() * Eigen::MatrixXf::Identity(40, 6)).transpose();
  const Eigen::HouseholderQR<Eigen::MatrixXf> turn(RandomMatrix(6, 6, "turn"));
  const MatrixRowF target = Eigen::MatrixXf(turn.householderQ()) * rows;
  EXPECT_LT((RotateTowards(rows, target) - target).cwiseAbs().maxCoeff(), 1e-5f);
  // Whatever the target: the rows stay orthonormal and in their space.
  const MatrixRowF other = RotateTowards(rows, MatrixRowF(RandomMatrix(6, 40, "other")));
  EXPECT_LT((other * other.transpose() - Eigen::MatrixXf::Identity(6, 6)).cwiseAbs().maxCoeff(),
            1e-5f);
  EXPECT_LT((other * rows.transpose() * rows - other).cwiseAbs().maxCoeff(), 1e-5f);
}

TEST(PrincipalComponents, ThumbnailAveragesCells) {
  const MatrixRowF color = ThumbnailOperator(Shape{3, 9, 10}, 3, 33);
  ASSERT_EQ(color.rows(), 270);
  EXPECT_LT((color.rowwise().norm().array() - 1).abs().maxCoeff(), 1e-5f);
  // Row of plane 1 sees channel 1 alone; all of the block is covered.
  EXPECT_EQ(color.row(90).head(1089).cwiseAbs().maxCoeff(), 0.0f);
  EXPECT_EQ(color.row(90).tail(1089).cwiseAbs().maxCoeff(), 0.0f);
  EXPECT_GT(color.colwise().sum().minCoeff(), 0.0f);
  const MatrixRowF single = ThumbnailOperator(Shape{1, 1, 1}, 3, 33);
  EXPECT_LT((single.array() - 1 / std::sqrt(3267.0f)).abs().maxCoeff(), 1e-6f);
}

// Least squares: over the very blocks of the fit, the error is orthogonal to the measurements and
// has no mean.
TEST(ClosedForm, ErrorIsOrthogonalToTheMeasurements) {
  const torch::NoGradGuard no_grad;
  const BlockDataset dataset(
      {ToU8(SmoothPicture(3, 90, 110, 1)), ToU8(SmoothPicture(3, 70, 64, 2))}, 3);
  const auto net = Fclbcnn({{"name", "fclbcnn"},
                            {"latent", {3, 2, 2}},
                            {"encoder_channels", 4},
                            {"decoder_channels", 8},
                            {"decoder_blocks", 1}},
                           5);
  FitFullyConnected(*net, dataset, 512, /*ridge=*/0, /*seed=*/3, at::kCPU);
  BatchOrder order(3, dataset.size(), 512);
  const at::Tensor x = LoadBatch(dataset, order.Batch(0));
  const at::Tensor y = net->Encode(x).to(at::kDouble);
  const at::Tensor error = (net->Decode(y.to(at::kFloat)) - x).reshape({512, -1}).to(at::kDouble);
  EXPECT_LT(error.mean(0).abs().max().item<double>(), 1e-4);
  const at::Tensor centred = y - y.mean(0, true);
  const at::Tensor correlation = at::mm(centred.t(), error) / 512 / centred.std();
  EXPECT_LT(correlation.abs().max().item<double>(), 1e-4);
  EXPECT_LT(error.square().mean().item<double>(), (x - x.mean()).square().mean().item<double>());
}

// The code of FitSampling carries as much as principal components can: the error of the linear
// estimate is the sum of the eigenvalues left out.
TEST(ClosedForm, SamplingIsTheBestLinearCode) {
  const torch::NoGradGuard no_grad;
  const BlockDataset dataset({ToU8(SmoothPicture(3, 120, 120, 11))}, 2);
  const auto net = Fclbcnn({{"name", "fclbcnn"},
                            {"latent", {3, 2, 2}},
                            {"encoder_channels", 4},
                            {"decoder_channels", 8},
                            {"decoder_blocks", 0}},
                           5);
  FitSampling(
      *net, dataset, 1, 3);  // one batch of 2048: whole epochs of the 1936 blocks and a little more
  BatchOrder order(3, dataset.size(), 2048);
  const at::Tensor x = LoadBatch(dataset, order.Batch(0)).reshape({2048, -1});
  const at::Tensor weight = (*net->sampling())->weight;
  EXPECT_LT((at::mm(weight, weight.t()) - at::eye(12)).abs().max().item<double>(), 1e-4);
  // Singular values of the centred blocks by way of the small side would need 3267^2; the captured
  // energy suffices.
  const at::Tensor centred = x - x.mean(0, true);
  const double captured = at::mm(centred, weight.t()).square().sum().item<double>() / 2048;
  const at::Tensor gram = (at::mm(centred.t(), centred) / 2048).contiguous();
  const Eigen::Map<const MatrixRowF> covariance(gram.data_ptr<float>(), 3267, 3267);
  const MatrixRowF leading = LeadingEigenvectors(covariance, 12, 99);
  EXPECT_NEAR(captured, (leading * covariance * leading.transpose()).trace(), 1e-3 * captured);
  // A flat block gives a flat code of nothing but the DC: mid-gray maps near 0.
  const at::Tensor mid = net->Encode(at::full({1, 3, 33, 33}, 0.5));
  EXPECT_LT(mid.abs().max().item<double>(), 1e-3);
}

}  // namespace
}  // namespace chaosense
