#include "core/nets/reconnet_net.h"

#include <array>

#include "core/base/error.h"
#include "core/image/blocks.h"
#include "core/nets/description.h"
#include "core/sensing/measurement_matrix.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr int64_t kSide = kBlockSize;
constexpr int64_t kPixels = kSide * kSide;
constexpr double kInitialGain = 0.1;  // of the random part, against the identity's 1

struct Layer {
  int64_t in;
  int64_t out;
  int64_t kernel;
};
constexpr std::array<Layer, 6> kLayers = {
    {{1, 64, 11}, {64, 32, 1}, {32, 1, 7}, {1, 64, 11}, {64, 32, 1}, {32, 1, 7}}};

}  // namespace

ReconnetNet::ReconnetNet(const ReconnetLayout& layout, uint64_t seed) : layout_(layout) {
  phi_ = register_buffer("phi", at::zeros({layout.measurements, kPixels}));
  fully_connected_ = register_module("fc", nn::Linear(layout.measurements, kPixels));
  for (size_t i = 0; i < kLayers.size(); ++i) {
    const Layer& layer = kLayers[i];
    convolutions_.push_back(register_module(
        "conv" + std::to_string(i + 1),
        nn::Conv2d(
            nn::Conv2dOptions(layer.in, layer.out, layer.kernel).padding(layer.kernel / 2))));
  }
  InitialiseGaussian(*this, seed, kInitialGain);
  const torch::NoGradGuard no_grad;
  for (const nn::Conv2d& convolution : convolutions_) {
    const int64_t middle = convolution->weight.size(2) / 2;
    convolution->weight.select(0, 0).select(0, 0).select(0, middle).select(0, middle).fill_(1.0);
  }
  if (layout.matrix_seed >= 0) {
    const MatrixRowF phi = OrthonormalGaussian(
        layout.measurements, static_cast<int>(kPixels), static_cast<uint64_t>(layout.matrix_seed));
    set_phi(at::from_blob(const_cast<float*>(phi.data()), {phi.rows(), phi.cols()}));
  }
}

void ReconnetNet::set_phi(const at::Tensor& phi) {
  CHAOSENSE_CHECK(phi.sizes() == phi_.sizes());
  const torch::NoGradGuard no_grad;
  phi_.copy_(phi);
}

at::Tensor ReconnetNet::Encode(const at::Tensor& blocks) {
  return at::linear(blocks.reshape({-1, kPixels}), phi_);
}

at::Tensor ReconnetNet::Decode(const at::Tensor& measurements) {
  at::Tensor x = fully_connected_->forward(measurements).view({-1, 1, kSide, kSide});
  for (size_t i = 0; i < convolutions_.size(); ++i) {
    x = Convolve(convolutions_[i], x);
    if (i + 1 < convolutions_.size()) x = at::relu(x);
  }
  x = x.to(at::kFloat);
  return layout_.transposed ? x.transpose(2, 3) : x;
}

Json ReconnetNet::Description() const {
  return {{"name", "reconnet"},
          {"measurements", layout_.measurements},
          {"matrix_seed", layout_.matrix_seed},
          {"transposed", layout_.transposed}};
}

ReconnetLayout ReconnetLayoutFromJson(const Json& description, const std::string& where) {
  const DescriptionReader reader(
      description, where, {"name", "measurements", "matrix_seed", "transposed"});
  ReconnetLayout layout;
  layout.measurements =
      static_cast<int>(reader.Integer("measurements", layout.measurements, 1, kPixels));
  layout.matrix_seed = reader.Integer("matrix_seed", layout.matrix_seed, -1, INT64_MAX);
  layout.transposed = reader.Flag("transposed", layout.transposed);
  return layout;
}

int64_t ReconnetNet::MacsPerBlock() const {
  int64_t macs = phi_.numel() + fully_connected_->weight.numel();
  for (const nn::Conv2d& layer : convolutions_) macs += ConvolutionMacs(layer, kPixels);
  return macs;
}

}  // namespace chaosense
