#include "core/linear/linear_method.h"

#include <Eigen/Cholesky>
#include <cmath>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/linear/register.h"

namespace chaosense {

MatrixRowF LmmseDecoder(const MatrixRowF& phi, const Eigen::MatrixXf& covariance) {
  CHAOSENSE_CHECK(phi.cols() == covariance.rows());
  // In double: the normal matrix is badly conditioned, the small variances are 1e-6 of the large
  // ones.
  const Eigen::MatrixXd p = phi.cast<double>();
  const Eigen::MatrixXd cross = p * covariance.cast<double>();  // m x n
  Eigen::MatrixXd normal = cross * p.transpose();
  normal.diagonal().array() += 1e-7 * normal.diagonal().mean();
  const Eigen::LLT<Eigen::MatrixXd> factor(normal);
  CHAOSENSE_CHECK(factor.info() == Eigen::Success,
                  "the measurements' covariance is not positive definite");
  return factor.solve(cross).transpose().cast<float>();
}

const BlockStatistics& StatisticsFor(const FitContext& context) {
  if (!context.fit_datasets.empty()) return FitBlockStatistics(*context.data, context.fit_datasets);
  return LoadBlockStatistics(context.model_dir / kPcaModelFile);
}

std::vector<std::filesystem::path> StatisticsFiles(const FitContext& context) {
  if (!context.fit_datasets.empty()) return {};
  return {context.model_dir / kPcaModelFile};
}

Json StatisticsIdentity(const FitContext& context) {
  if (!context.fit_datasets.empty()) {
    return {{"statistics", BlockStatisticsChecksum(*context.data, context.fit_datasets)}};
  }
  const std::filesystem::path file = context.model_dir / kPcaModelFile;
  if (context.weights_to_come && !std::filesystem::exists(file)) return {{"statistics", "to come"}};
  return {{"statistics", ToHex(Sha256OfFile(file))}};
}

Quantiser QuantiserFromMoments(const Eigen::VectorXf& mean, const Eigen::VectorXf& variance) {
  CHAOSENSE_CHECK(mean.size() == variance.size());
  std::vector<float> centre(mean.begin(), mean.end());
  std::vector<float> half(centre.size());
  for (size_t i = 0; i < half.size(); ++i) {
    half[i] = std::max(
        1e-6f,
        static_cast<float>(kQuantiserRange) * std::sqrt(variance[static_cast<Eigen::Index>(i)]));
  }
  return Quantiser(std::move(centre), std::move(half), kQuantiserMu);
}

}  // namespace chaosense
