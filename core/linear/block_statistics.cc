#include "core/linear/block_statistics.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <map>
#include <mutex>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/suggest.h"
#include "core/image/blocks.h"
#include "core/sensing/safetensors.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;
constexpr int kRevision = 1;
constexpr Eigen::Index kBatch = 4096;  // blocks a matrix product takes at once

// Calls use(block as a row of kN floats) for every block of one plane at the stride, borders
// included.
template <typename Use>
void ForEachBlock(const ImageF& image, int channel, Use use) {
  for (int y = 0; y + kBlockSize <= image.shape.height; y += kStatisticsStride) {
    for (int x = 0; x + kBlockSize <= image.shape.width; x += kStatisticsStride) {
      use([&](float* row) {
        for (int i = 0; i < kBlockSize; ++i) {
          const float* from = &image.at(channel, y + i, x);
          std::copy(from, from + kBlockSize, row + i * kBlockSize);
        }
      });
    }
  }
}

// Sum of rows and of outer products, gathered in batches so that one matrix product does the work.
class MomentSum {
 public:
  MomentSum()
      : batch_(kBatch, kN),
        sum_(Eigen::VectorXd::Zero(kN)),
        square_(Eigen::MatrixXd::Zero(kN, kN)) {}

  template <typename Fill>
  void Add(Fill fill) {
    fill(batch_.row(filled_).data());
    if (++filled_ == kBatch) Flush();
  }

  void Finish(Eigen::VectorXd& mean, Eigen::MatrixXd& covariance) {
    Flush();
    CHAOSENSE_CHECK(count_ > 0);
    mean = sum_ / static_cast<double>(count_);
    covariance = square_ / static_cast<double>(count_) - mean * mean.transpose();
  }

 private:
  void Flush() {
    const auto rows = batch_.topRows(filled_);
    sum_ += rows.cast<double>().colwise().sum().transpose();
    const Eigen::MatrixXf product = rows.transpose() * rows;
    square_ += product.cast<double>();
    count_ += filled_;
    filled_ = 0;
  }

  MatrixRowF batch_;
  Eigen::Index filled_ = 0;
  int64_t count_ = 0;
  Eigen::VectorXd sum_;
  Eigen::MatrixXd square_;
};

// Eigenvectors as rows, descending, each with its largest entry positive (LAPACK leaves the sign
// open).
void EigenBasis(const Eigen::MatrixXd& covariance, MatrixRowF& basis, Eigen::VectorXf& variance) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
  CHAOSENSE_CHECK(solver.info() == Eigen::Success);
  Eigen::MatrixXd vectors = solver.eigenvectors().rowwise().reverse();
  for (Eigen::Index k = 0; k < vectors.cols(); ++k) {
    Eigen::Index largest = 0;
    vectors.col(k).cwiseAbs().maxCoeff(&largest);
    if (vectors(largest, k) < 0) vectors.col(k) *= -1;
  }
  basis = vectors.transpose().cast<float>();
  variance = solver.eigenvalues().reverse().cwiseMax(0).cast<float>();
}

void FitGray(const std::vector<Dataset>& datasets, BlockStatistics& result) {
  MomentSum moments;
  for (const Dataset& dataset : datasets) {
    for (const NamedImage& image : dataset.images) {
      ForEachBlock(ToFloat(ToGray(image.pixels)), 0, [&](auto fill) { moments.Add(fill); });
    }
  }
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
  moments.Finish(mean, covariance);
  result.mean = mean.cast<float>();
  EigenBasis(covariance, result.basis, result.variance);
}

void FitColor(const std::vector<Dataset>& datasets, BlockStatistics& result) {
  // Colour transform: PCA of RGB pixels about their mean.
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  Eigen::Matrix3d square = Eigen::Matrix3d::Zero();
  double pixels = 0;
  for (const Dataset& dataset : datasets) {
    for (const NamedImage& image : dataset.images) {
      const ImageF rgb = ToFloat(image.pixels);
      const auto planes =
          Eigen::Map<const MatrixRowF>(rgb.data.data(), 3, rgb.shape.height * rgb.shape.width);
      sum += planes.rowwise().sum().cast<double>();
      square += (planes * planes.transpose()).cast<double>();
      pixels += static_cast<double>(planes.cols());
    }
  }
  const Eigen::Vector3d mean = sum / pixels;
  MatrixRowF color;
  Eigen::VectorXf unused;
  EigenBasis(square / pixels - mean * mean.transpose(), color, unused);
  result.color_basis = color;

  // Mean and variance of every (component, basis vector).
  MatrixRowF total = MatrixRowF::Zero(3, kN);
  Eigen::MatrixXd first = Eigen::MatrixXd::Zero(3, kN);
  Eigen::MatrixXd second = Eigen::MatrixXd::Zero(3, kN);
  double count = 0;
  for (const Dataset& dataset : datasets) {
    for (const NamedImage& image : dataset.images) {
      const ImageF rgb = ToFloat(image.pixels);
      for (int c = 0; c < 3; ++c) {
        ImageF component(Shape{1, rgb.shape.height, rgb.shape.width});
        Eigen::Map<Eigen::RowVectorXf>(component.data.data(),
                                       static_cast<Eigen::Index>(component.data.size())) =
            result.color_basis.row(c) *
            Eigen::Map<const MatrixRowF>(
                rgb.data.data(), 3, static_cast<Eigen::Index>(component.data.size()));
        const std::vector<float> blocks = SplitBlocks(component);
        // Only whole blocks: padded ones would add edges that no picture has.
        const BlockGrid grid = GridFor(component.shape.height, component.shape.width);
        MatrixRowF rows(grid.count(), kN);
        Eigen::Index kept = 0;
        for (int b = 0; b < grid.count(); ++b) {
          const bool whole = (b / grid.columns + 1) * kBlockSize <= component.shape.height &&
                             (b % grid.columns + 1) * kBlockSize <= component.shape.width;
          if (whole)
            rows.row(kept++) =
                Eigen::Map<const Eigen::RowVectorXf>(&blocks[static_cast<size_t>(b) * kN], kN);
        }
        const MatrixRowF coefficients = rows.topRows(kept) * result.basis.transpose();
        first.row(c) += coefficients.colwise().sum().cast<double>();
        second.row(c) += coefficients.array().square().matrix().colwise().sum().cast<double>();
        if (c == 0) count += static_cast<double>(kept);
      }
    }
  }
  first /= count;
  result.color_mean = first.cast<float>();
  result.color_variance = (second / count - first.cwiseAbs2()).cwiseMax(0).cast<float>();
}

std::mutex g_cache_mutex;
std::map<std::string, BlockStatistics>& Cache() {
  static std::map<std::string, BlockStatistics> cache;
  return cache;
}

}  // namespace

Eigen::MatrixXf BlockStatistics::Covariance() const {
  return basis.transpose() * variance.asDiagonal() * basis;
}

std::string BlockStatisticsChecksum(const DataFolder& data,
                                    const std::vector<std::string>& datasets) {
  std::string rule = fmt::format("block statistics {}|stride {}", kRevision, kStatisticsStride);
  for (const std::string& name : datasets) rule += "|" + data.Checksum(name);
  return ToHex(Sha256Of(rule));
}

const BlockStatistics& FitBlockStatistics(const DataFolder& data,
                                          const std::vector<std::string>& names) {
  if (names.empty())
    throw ConfigError("no datasets to fit on; expected \"fit_datasets\", e.g. [\"bsds500_train\"]");
  const std::string checksum = BlockStatisticsChecksum(data, names);
  const std::lock_guard lock(g_cache_mutex);
  if (const auto found = Cache().find(checksum); found != Cache().end()) return found->second;
  std::vector<Dataset> datasets;
  for (const std::string& name : names) datasets.push_back(data.Load(name, ColorMode::kColor));
  BlockStatistics result;
  FitGray(datasets, result);
  FitColor(datasets, result);
  result.source =
      fmt::format("{}, blocks of {} at stride {}", JoinNames(names), kBlockSize, kStatisticsStride);
  result.checksum = checksum;
  return Cache().emplace(checksum, std::move(result)).first->second;
}

}  // namespace chaosense
