#include "core/nets/folded_convolution.h"

#include <cstdlib>
#include <utility>

#include "core/base/error.h"
#include "core/image/blocks.h"

namespace chaosense {
namespace {

constexpr int64_t kCell = kFold * kFold;

// One axis: whether weight `tap` joins pixel `from` of the cell `cell` cells away to pixel `to`.
bool Joins(int64_t tap, int64_t to, int64_t from, int64_t cell, int64_t padding) {
  return kFold * cell + from - to == tap - padding;
}

at::Tensor Selection(int64_t kernel, int64_t radius) {
  const int64_t size = 2 * radius + 1;
  at::Tensor axis = at::zeros({kernel, kFold, kFold, size});  // tap, to, from, cell
  auto joins = axis.accessor<float, 4>();
  for (int64_t tap = 0; tap < kernel; ++tap)
    for (int64_t to = 0; to < kFold; ++to)
      for (int64_t from = 0; from < kFold; ++from)
        for (int64_t cell = 0; cell < size; ++cell)
          joins[tap][to][from][cell] = Joins(tap, to, from, cell - radius, kernel / 2) ? 1.0f : 0;
  // Both axes: [tap y, tap x, to y, to x, from y, from x, cell y, cell x].
  return at::einsum("ktfc,ludb->kltufdcb", {axis, axis}).reshape({kernel * kernel, -1});
}

}  // namespace

at::Tensor Fold(const at::Tensor& picture) {
  const int64_t n = picture.size(0);
  const int64_t c = picture.size(1);
  const int64_t h = picture.size(2) / kFold;
  const int64_t w = picture.size(3) / kFold;
  CHAOSENSE_CHECK(kFold * h == picture.size(2) && kFold * w == picture.size(3));
  return picture.reshape({n, c, h, kFold, w, kFold})
      .permute({0, 2, 4, 3, 5, 1})
      .reshape({n, h, w, kCell * c})
      .permute({0, 3, 1, 2});
}

at::Tensor Unfold(const at::Tensor& folded) {
  const int64_t n = folded.size(0);
  const int64_t c = folded.size(1) / kCell;
  const int64_t h = folded.size(2);
  const int64_t w = folded.size(3);
  // Channels stay innermost in memory while the pixels move.
  return folded.permute({0, 2, 3, 1})
      .reshape({n, h, w, kFold, kFold, c})
      .permute({0, 1, 3, 2, 4, 5})
      .reshape({n, kFold * h, kFold * w, c})
      .permute({0, 3, 1, 2});
}

FoldedConvolution::FoldedConvolution(torch::nn::Conv2d layer) : layer_(std::move(layer)) {
  const int64_t kernel = layer_->weight.size(3);
  CHAOSENSE_CHECK(kernel % 2 == 1 && layer_->weight.size(2) == kernel &&
                  layer_->options.groups() == 1 && layer_->options.stride()->at(0) == 1 &&
                  layer_->options.dilation()->at(0) == 1);
  radius_ = (kernel / 2 + kFold - 1) / kFold;
  if (kernel > 1) selection_ = Selection(kernel, radius_);
}

at::Tensor FoldedConvolution::operator()(const at::Tensor& folded) const {
  const at::Tensor& weight = layer_->weight;
  const int64_t out = weight.size(0);
  const int64_t in = weight.size(1);
  const int64_t kernel = weight.size(3);
  at::Tensor bias = layer_->bias;
  if (kernel == 1) {
    // The pixels of a cell lie beside one another: a picture of width 9 w, without copying.
    const int64_t n = folded.size(0);
    const int64_t h = folded.size(2);
    const int64_t w = folded.size(3);
    if (bias.defined()) bias = bias.to(folded.scalar_type());
    const at::Tensor pixels =
        folded.permute({0, 2, 3, 1}).reshape({n, h, w * kCell, in}).permute({0, 3, 1, 2});
    return at::conv2d(pixels, weight.to(folded.scalar_type()), bias)
        .permute({0, 2, 3, 1})
        .reshape({n, h, w, kCell * out})
        .permute({0, 3, 1, 2});
  }
  if (bias.defined()) bias = bias.repeat({kCell}).to(folded.scalar_type());
  const int64_t size = 2 * radius_ + 1;
  // A product with zeros and ones: exact, and its gradient gathers what was spread.
  const at::Tensor spread =
      at::mm(weight.reshape({out * in, kernel * kernel}), selection_.to(weight.device()))
          .view({out, in, kCell, kCell, size, size})
          .permute({2, 0, 3, 1, 4, 5})
          .reshape({kCell * out, kCell * in, size, size});
  return at::conv2d(folded, spread.to(folded.scalar_type()), bias, /*stride=*/1, radius_);
}

int64_t FoldedConvolution::MacsPerBlock() const {
  return layer_->weight.numel() * kBlockSize * kBlockSize;
}

}  // namespace chaosense
