// Convolutions with few input or few output channels, computed as convolutions with many.
//
// A picture of C channels folded by 3 has 9 C channels at a third of the height and width, channel
// (3 r + s) C + c holding pixel (3 i + r, 3 j + s) of channel c at position (i, j). A K x K
// convolution of the picture that keeps its size (stride 1, zero padding K/2) is then exactly a
// convolution of the folded picture, 3 x 3 for K <= 7, 5 x 5 for K <= 13: its kernel holds the
// original weights, each 81 times or less, and zeros. It costs up to twice the multiplications and
// is still 15 times faster (ReconNet's layers, forward and backward, bfloat16, one core with AMX):
// matrix units want tens of channels on both sides, not 1 to 64. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_FOLDED_CONVOLUTION_H_
#define CHAOSENSE_CORE_NETS_FOLDED_CONVOLUTION_H_

#include <cstdint>

#include "core/nets/torch.h"

namespace chaosense {

inline constexpr int64_t kFold = 3;  // divides the side of a block, 33

// [N, C, 3 h, 3 w] -> [N, 9 C, h, w], channels last.
at::Tensor Fold(const at::Tensor& picture);
// The inverse.
at::Tensor Unfold(const at::Tensor& folded);

class FoldedConvolution {
 public:
  // Odd square kernel, stride 1, no dilation, one group; with or without a bias. The layer stays
  // the owner of its parameters, which gradients reach.
  explicit FoldedConvolution(torch::nn::Conv2d layer);

  // Folded picture of the layer's input channels -> folded picture of its output channels, in the
  // input's type.
  at::Tensor operator()(const at::Tensor& folded) const;

  int64_t MacsPerBlock() const;  // of the convolution it stands for, on 33 x 33 pixels
  torch::nn::Conv2d& layer() { return layer_; }

 private:
  torch::nn::Conv2d layer_;
  int64_t radius_;        // of the folded kernel
  at::Tensor selection_;  // [K K, 81 (2 radius + 1)^2] of 0 and 1: which weight goes where
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_FOLDED_CONVOLUTION_H_
