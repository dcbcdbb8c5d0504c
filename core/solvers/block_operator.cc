#include "core/solvers/block_operator.h"

#include <algorithm>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

// Calls copy(offset in the plane, offset in the blocks) for every row of every block.
template <typename Copy>
void ForEachRow(BlockGrid grid, Copy copy) {
  const size_t width = static_cast<size_t>(grid.columns) * kBlockSize;
  size_t in_blocks = 0;
  for (int by = 0; by < grid.rows; ++by) {
    for (int bx = 0; bx < grid.columns; ++bx) {
      for (int row = 0; row < kBlockSize; ++row, in_blocks += kBlockSize) {
        copy(static_cast<size_t>(by * kBlockSize + row) * width +
                 static_cast<size_t>(bx * kBlockSize),
             in_blocks);
      }
    }
  }
}

}  // namespace

BlockOperator::BlockOperator(std::shared_ptr<const MatrixRowF> phi, BlockGrid grid)
    : phi_(std::move(phi)), grid_(grid) {
  CHAOSENSE_CHECK(phi_ != nullptr && phi_->cols() == kN && grid_.count() > 0);
}

void BlockOperator::Apply(std::span<const float> x, std::span<float> y) const {
  CHAOSENSE_CHECK(static_cast<int64_t>(x.size()) == pixels() &&
                  static_cast<int64_t>(y.size()) == measurements());
  if (grid_.count() == 1) {
    Eigen::Map<Eigen::VectorXf>(y.data(), phi_->rows()).noalias() =
        *phi_ * Eigen::Map<const Eigen::VectorXf>(x.data(), kN);
    return;
  }
  MatrixRowF blocks(grid_.count(), kN);
  ForEachRow(grid_, [&](size_t plane, size_t block) {
    std::copy_n(x.data() + plane, kBlockSize, blocks.data() + block);
  });
  Eigen::Map<MatrixRowF>(y.data(), grid_.count(), phi_->rows()).noalias() =
      blocks * phi_->transpose();
}

void BlockOperator::ApplyTranspose(std::span<const float> y, std::span<float> x) const {
  CHAOSENSE_CHECK(static_cast<int64_t>(x.size()) == pixels() &&
                  static_cast<int64_t>(y.size()) == measurements());
  if (grid_.count() == 1) {
    Eigen::Map<Eigen::VectorXf>(x.data(), kN).noalias() =
        phi_->transpose() * Eigen::Map<const Eigen::VectorXf>(y.data(), phi_->rows());
    return;
  }
  const MatrixRowF blocks =
      Eigen::Map<const MatrixRowF>(y.data(), grid_.count(), phi_->rows()) * *phi_;
  ForEachRow(grid_, [&](size_t plane, size_t block) {
    std::copy_n(blocks.data() + block, kBlockSize, x.data() + plane);
  });
}

}  // namespace chaosense
