// The peers' measurement: every 33 x 33 block of the plane by the same matrix Phi.
#ifndef CHAOSENSE_CORE_SOLVERS_BLOCK_OPERATOR_H_
#define CHAOSENSE_CORE_SOLVERS_BLOCK_OPERATOR_H_

#include <memory>

#include "core/image/blocks.h"
#include "core/sensing/measurement_matrix.h"
#include "core/solvers/operator.h"

namespace chaosense {

// A = diag(Phi, ..., Phi) over a plane of grid.rows x grid.columns blocks. y: block by block in
// row-major order, Phi.rows() values each. Phi: m x 1089 with orthonormal rows, for row-major
// blocks.
class BlockOperator : public MeasurementOperator {
 public:
  BlockOperator(std::shared_ptr<const MatrixRowF> phi, BlockGrid grid);

  int height() const override { return grid_.rows * kBlockSize; }
  int width() const override { return grid_.columns * kBlockSize; }
  int64_t measurements() const override { return grid_.count() * phi_->rows(); }
  void Apply(std::span<const float> x, std::span<float> y) const override;
  void ApplyTranspose(std::span<const float> y, std::span<float> x) const override;
  int64_t macs() const override { return grid_.count() * phi_->size(); }

 private:
  std::shared_ptr<const MatrixRowF> phi_;
  BlockGrid grid_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_BLOCK_OPERATOR_H_
