// Gray pictures as tensors of 33 x 33 blocks and back. Internal (LibTorch).
#ifndef CHAOSENSE_CORE_NETS_TENSOR_BLOCKS_H_
#define CHAOSENSE_CORE_NETS_TENSOR_BLOCKS_H_

#include "core/nets/torch.h"

namespace chaosense {

// [n, 1, 33 a, 33 b] -> [n, a, b, 1089], each block row by row.
at::Tensor ToBlocks(const at::Tensor& pictures);
// The inverse.
at::Tensor FromBlocks(const at::Tensor& blocks);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_TENSOR_BLOCKS_H_
