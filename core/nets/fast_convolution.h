// Convolution in bfloat16 whose backward pass is fast on processors with AMX
// (amx_weight_gradient.h). Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_FAST_CONVOLUTION_H_
#define CHAOSENSE_CORE_NETS_FAST_CONVOLUTION_H_

#include "core/nets/torch.h"

namespace chaosense {

// Stride 1, same size, odd square kernel. x: bfloat16, channels last; weight and bias: float, and
// so are their gradients. Equals at::conv2d with weights rounded to bfloat16.
at::Tensor FastConvolution(const at::Tensor& x,
                           const at::Tensor& weight,
                           const at::Tensor& bias,
                           int64_t dilation);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_FAST_CONVOLUTION_H_
