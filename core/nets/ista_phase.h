// One phase of the unrolled iterative shrinkage-thresholding algorithm of ISTA-Net+ and OPINE-Net+:
//   r = x - lambda Phi' (Phi x - y),   x <- r + G(B(soft(F(D(r)), theta)))
// D: 3x3 convolution 1 -> 32; F and B: two 3x3 convolutions 32 -> 32 with a ReLU between;
// soft(v, theta) = sign(v) max(|v| - theta, 0); G: 3x3 convolutions to one channel, `tail` of them:
// with 3, a ReLU before the first and before the second. No biases. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_ISTA_PHASE_H_
#define CHAOSENSE_CORE_NETS_ISTA_PHASE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/nets/torch.h"
#include "core/sensing/safetensors.h"

namespace chaosense {

class IstaPhase : public torch::nn::Module {
 public:
  static constexpr double kFirstStep = 0.5;  // lambda, theta before training, as published
  static constexpr double kFirstThreshold = 0.01;

  explicit IstaPhase(int tail);  // 1 or 3

  const at::Tensor& step() const { return step_; }  // lambda, [1]
  // r [N, 1, H, W], float -> x of the same shape, float. Convolutions run in `type`.
  at::Tensor Denoise(const at::Tensor& r, at::ScalarType type) const;
  int64_t Macs(int64_t positions) const;
  // After its random start: lambda and theta as published, and G zero.
  void SetStart();

 private:
  torch::nn::Conv2d Add(const std::string& name, int64_t in, int64_t out);

  at::Tensor step_;
  at::Tensor threshold_;
  torch::nn::Conv2d first_{nullptr}, forward1_{nullptr}, forward2_{nullptr}, backward1_{nullptr},
      backward2_{nullptr};
  std::vector<torch::nn::Conv2d> tail_;
};

// `count` phases as published (module.fcs.<k>.conv_D, ...) under our names (phase<k>.first.weight,
// ...). Throws Error(kConfig) naming `file` and the tensor that is missing.
void RenamePhases(const Safetensors& published,
                  int count,
                  int tail,
                  const std::string& file,
                  Safetensors& renamed);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_ISTA_PHASE_H_
