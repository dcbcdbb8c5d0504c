// Linear measurement of one image plane, y = A x, as the iterative solvers use it: whole images, no
// dense matrix where a fast transform serves.
#ifndef CHAOSENSE_CORE_SOLVERS_OPERATOR_H_
#define CHAOSENSE_CORE_SOLVERS_OPERATOR_H_

#include <cstdint>
#include <span>

namespace chaosense {

// All rows of A are orthonormal, A A^T = I: A^T A is a projection, |A| = 1, and solvers may rely on
// it. Safe to use from several threads.
class MeasurementOperator {
 public:
  virtual ~MeasurementOperator() = default;

  virtual int height() const = 0;  // of the plane, pixels
  virtual int width() const = 0;
  virtual int64_t measurements() const = 0;
  int64_t pixels() const { return int64_t{height()} * width(); }

  // x: pixels(), rows first, any units. y: measurements().
  virtual void Apply(std::span<const float> x, std::span<float> y) const = 0;
  virtual void ApplyTranspose(std::span<const float> y, std::span<float> x) const = 0;

  // The first measurements of a whole-image operator are sums over many pixels and so far larger
  // than all others: measurement i < mean_groups().size() is sqrt(n_i) times the mean of n_i
  // pixels, n_i = mean_groups()[i]. Empty where no measurement stands out.
  virtual std::span<const int64_t> mean_groups() const { return {}; }

  // Multiply-accumulates of one application.
  virtual int64_t macs() const = 0;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_OPERATOR_H_
