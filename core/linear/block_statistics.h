// Second-order statistics of 33 x 33 image blocks: all that linear sensing and reconstruction need.
#ifndef CHAOSENSE_CORE_LINEAR_BLOCK_STATISTICS_H_
#define CHAOSENSE_CORE_LINEAR_BLOCK_STATISTICS_H_

#include <Eigen/Core>
#include <filesystem>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {

// Mean, and the Karhunen-Loeve (PCA) basis of full-range gray blocks (n = 1089, pixels in [0, 1],
// row-major); and a separable colour extension: an orthonormal 3 x 3 colour transform (PCA of RGB
// pixels) followed by the same spatial basis for each colour component, with the variance of every
// (component, basis vector) pair.
struct BlockStatistics {
  Eigen::VectorXf mean;         // n
  MatrixRowF basis;             // n x n, row k is the k-th eigenvector, variances descending
  Eigen::VectorXf variance;     // n
  Eigen::Matrix3f color_basis;  // row c is a colour component's weights of R, G, B
  MatrixRowF color_mean;        // 3 x n: mean coefficient of (component, basis vector)
  MatrixRowF color_variance;    // 3 x n
  std::string source;           // datasets and stride, for people
  std::string checksum;  // of the datasets and the rule, or of the file: identifies the values

  // Covariance of gray blocks, n x n.
  Eigen::MatrixXf Covariance() const;
};

inline constexpr int kStatisticsStride = 16;

// Over all blocks at kStatisticsStride of every image of `datasets` (gray part: BT.601 luminance;
// the means and variances of colour components: of blocks that do not overlap). The result is kept
// in memory for the life of the process. Throws what DataFolder::Load throws.
const BlockStatistics& FitBlockStatistics(const DataFolder& data,
                                          const std::vector<std::string>& datasets);

// What FitBlockStatistics(data, datasets).checksum would be; reads no image.
std::string BlockStatisticsChecksum(const DataFolder& data,
                                    const std::vector<std::string>& datasets);

// safetensors; the basis as fp16 (2.4 MB; moves no reconstruction below 60 dB).
void SaveBlockStatistics(const BlockStatistics& statistics, const std::filesystem::path& path);
// Throws Error(kData) if missing, Error(kConfig) if it is damaged.
const BlockStatistics& LoadBlockStatistics(const std::filesystem::path& path);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_LINEAR_BLOCK_STATISTICS_H_
