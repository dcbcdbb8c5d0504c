// Whole-image measurement by a fast orthonormal transform: the pixels are put into a random order,
// transformed, and a random subset of the coefficients is kept. Random order makes every
// coefficient but the mean look like a random projection of the picture, so a random subset of them
// serves as well as a dense Gaussian matrix would (Gan, Do, Tran, "Fast compressive imaging using
// scrambled block Hadamard ensemble", EUSIPCO 2008; the same with the DCT).
#ifndef CHAOSENSE_CORE_SOLVERS_SCRAMBLED_OPERATOR_H_
#define CHAOSENSE_CORE_SOLVERS_SCRAMBLED_OPERATOR_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/solvers/operator.h"

namespace chaosense {

// An orthonormal transform of a fixed number of values, its means first among the coefficients that
// a picture cannot do without. Safe to use from several threads.
class FastTransform {
 public:
  virtual ~FastTransform() = default;
  virtual std::string_view name() const = 0;
  virtual int64_t size() const = 0;
  virtual void Forward(std::span<float> values) const = 0;  // in place
  virtual void Inverse(std::span<float> values) const = 0;  // the transpose
  virtual int64_t macs() const = 0;

  // The coefficients that are sqrt(n) times the mean of n values each.
  struct Mean {
    int64_t coefficient;
    int64_t n;
  };
  virtual std::vector<Mean> means() const = 0;  // largest n first
};

// Orthonormal 2-D DCT-II of height x width values (FFTW).
std::unique_ptr<FastTransform> MakeDct(int height, int width);

// Walsh-Hadamard transforms of power-of-two size, as many as the number of values has binary ones:
// 69696 = 65536 + 4096 + 64. Block-diagonal, hence exactly orthonormal for every number of values.
// Each has a mean of its own.
std::unique_ptr<FastTransform> MakeHadamard(int64_t size);

// Keeps the transform's means (the largest first, as many as fit) and a random choice of the other
// coefficients, in random order. Pixel order and choice depend on transform, size and seed alone:
// fewer measurements are a prefix of more.
class ScrambledOperator : public MeasurementOperator {
 public:
  // transform->size() must be height * width; 1 <= measurements <= height * width.
  ScrambledOperator(std::unique_ptr<FastTransform> transform,
                    int height,
                    int width,
                    int64_t measurements,
                    uint64_t seed);

  int height() const override { return height_; }
  int width() const override { return width_; }
  int64_t measurements() const override { return static_cast<int64_t>(kept_.size()); }
  void Apply(std::span<const float> x, std::span<float> y) const override;
  void ApplyTranspose(std::span<const float> y, std::span<float> x) const override;
  std::span<const int64_t> mean_groups() const override { return mean_groups_; }
  int64_t macs() const override { return transform_->macs(); }

 private:
  std::unique_ptr<FastTransform> transform_;
  int height_;
  int width_;
  std::vector<uint32_t> order_;  // value i of the transform is pixel order_[i]
  std::vector<uint32_t> kept_;   // measurement i is coefficient kept_[i]
  std::vector<int64_t> mean_groups_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_SCRAMBLED_OPERATOR_H_
