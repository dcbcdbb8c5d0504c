#include "core/nets/block_net.h"

#include <algorithm>
#include <functional>

#include "core/image/blocks.h"

namespace chaosense {
namespace {

constexpr int64_t kSide = kBlockSize;
constexpr int64_t kBatch = 128;  // blocks at once where no gradient is asked for: bounds the memory

at::Tensor InBatches(const at::Tensor& rows, const std::function<at::Tensor(at::Tensor)>& apply) {
  if (at::GradMode::is_enabled() || rows.size(0) <= kBatch) return apply(rows);
  std::vector<at::Tensor> parts;
  for (int64_t begin = 0; begin < rows.size(0); begin += kBatch)
    parts.push_back(apply(rows.slice(0, begin, std::min(begin + kBatch, rows.size(0)))));
  return at::cat(parts);
}

}  // namespace

at::Tensor BlockNet::Sense(const at::Tensor& pictures) {
  const int64_t n = pictures.size(0);
  const int64_t c = pictures.size(1);
  const int64_t a = pictures.size(2) / kSide;
  const int64_t b = pictures.size(3) / kSide;
  const at::Tensor blocks = pictures.view({n, c, a, kSide, b, kSide})
                                .permute({0, 2, 4, 1, 3, 5})
                                .reshape({n * a * b, c, kSide, kSide});
  return InBatches(blocks, [this](const at::Tensor& x) { return Encode(x); }).view({n, a, b, -1});
}

at::Tensor BlockNet::Reconstruct(const at::Tensor& measurements) {
  const int64_t n = measurements.size(0);
  const int64_t a = measurements.size(1);
  const int64_t b = measurements.size(2);
  const at::Tensor rows = measurements.reshape({n * a * b, measurements.size(3)});
  return InBatches(rows, [this](const at::Tensor& y) { return Decode(y); })
      .view({n, a, b, channels(), kSide, kSide})
      .permute({0, 3, 1, 4, 2, 5})
      .reshape({n, channels(), a * kSide, b * kSide});
}

std::vector<at::Tensor> BlockNet::closed_form_parameters() {
  std::vector<at::Tensor> parameters = fully_connected()->parameters();
  if (sampling() != nullptr) {
    for (const at::Tensor& parameter : (*sampling())->parameters()) parameters.push_back(parameter);
  }
  return parameters;
}

}  // namespace chaosense
