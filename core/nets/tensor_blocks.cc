#include "core/nets/tensor_blocks.h"

#include "core/image/blocks.h"

namespace chaosense {
namespace {

constexpr int64_t kSide = kBlockSize;

}  // namespace

at::Tensor ToBlocks(const at::Tensor& pictures) {
  const int64_t n = pictures.size(0);
  const int64_t a = pictures.size(2) / kSide;
  const int64_t b = pictures.size(3) / kSide;
  return pictures.reshape({n, a, kSide, b, kSide})
      .permute({0, 1, 3, 2, 4})
      .reshape({n, a, b, kSide * kSide});
}

at::Tensor FromBlocks(const at::Tensor& blocks) {
  const int64_t n = blocks.size(0);
  const int64_t a = blocks.size(1);
  const int64_t b = blocks.size(2);
  return blocks.reshape({n, a, b, kSide, kSide})
      .permute({0, 1, 3, 2, 4})
      .reshape({n, 1, a * kSide, b * kSide});
}

}  // namespace chaosense
