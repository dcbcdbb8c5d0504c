// Reconstruction by the linear minimum mean-square error estimator (LMMSE) of blocks with known
// mean mu and covariance C from y = Phi x:  x^ = mu + C Phi^T (Phi C Phi^T)^-1 (y - Phi mu).
#ifndef CHAOSENSE_CORE_LINEAR_LINEAR_METHOD_H_
#define CHAOSENSE_CORE_LINEAR_LINEAR_METHOD_H_

#include <Eigen/Core>

#include "core/linear/block_statistics.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// The LMMSE decoder C Phi^T (Phi C Phi^T + eps I)^-1, n x m, by Cholesky. eps is 1e-7 times the
// mean diagonal: it only guards against rows that the covariance does not excite.
MatrixRowF LmmseDecoder(const MatrixRowF& phi, const Eigen::MatrixXf& covariance);

// The statistics a linear method works with: fitted on context.fit_datasets, or, if there are none,
// the committed model file. Identity for the same choice.
const BlockStatistics& StatisticsFor(const FitContext& context);
Json StatisticsIdentity(const FitContext& context);
std::vector<std::filesystem::path> StatisticsFiles(const FitContext& context);  // the model file

// A quantiser for measurements with these means and variances: the range is kQuantiserRange
// standard deviations to either side, companded. Both constants were chosen on BSDS500 val: sensed
// blocks have heavy tails, and a wide range costs little under companding.
inline constexpr double kQuantiserRange = 24;
inline constexpr double kQuantiserMu = 100;
Quantiser QuantiserFromMoments(const Eigen::VectorXf& mean, const Eigen::VectorXf& variance);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_LINEAR_LINEAR_METHOD_H_
