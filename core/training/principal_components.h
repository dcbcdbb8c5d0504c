// The space of the largest principal components of a large covariance, by subspace iteration. Free
// of LibTorch.
#ifndef CHAOSENSE_CORE_TRAINING_PRINCIPAL_COMPONENTS_H_
#define CHAOSENSE_CORE_TRAINING_PRINCIPAL_COMPONENTS_H_

#include <Eigen/Core>
#include <cstdint>

#include "core/image/image.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {

// `count` orthonormal rows spanning the leading eigenvectors of a symmetric positive semidefinite
// matrix, by descending eigenvalue. Deterministic for a seed. count <= covariance.rows().
MatrixRowF LeadingEigenvectors(const Eigen::MatrixXf& covariance, int count, uint64_t seed);

// Rows of unit length that average the pixels of each cell of a code over a `channels` x side x
// side block, with fractional coverage at the borders. A code of one plane averages the channels.
MatrixRowF ThumbnailOperator(const Shape& code, int channels, int side);

// R * rows with the orthogonal R that brings the result nearest to `target` (same shape, least
// squares).
MatrixRowF RotateTowards(const MatrixRowF& rows, const MatrixRowF& target);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_PRINCIPAL_COMPONENTS_H_
