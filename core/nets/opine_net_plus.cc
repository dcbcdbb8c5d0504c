// OPINE-Net+ (Zhang, Zhao, Gao, IEEE JSTSP 2020): network and method "opine_net_plus".
#include <memory>
#include <vector>

#include "core/image/blocks.h"
#include "core/nets/description.h"
#include "core/nets/ista_phase.h"
#include "core/nets/learned_net_method.h"
#include "core/nets/peer_nets.h"
#include "core/nets/tensor_blocks.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr int kPhases = 9;
constexpr int kTail = 3;
constexpr double kFirstScale = 0.01;  // of the matrix, before training, as published
constexpr int64_t kPixels = int64_t{kBlockSize} * kBlockSize;

class OpineNetPlus : public PictureNet {
 public:
  OpineNetPlus(int measurements, uint64_t seed) {
    phi_ = register_module("phi", nn::Linear(nn::LinearOptions(kPixels, measurements).bias(false)));
    scale_ = register_parameter("phi_scale", at::full({1}, kFirstScale));
    for (int k = 0; k < kPhases; ++k)
      phases_.push_back(
          register_module("phase" + std::to_string(k), std::make_shared<IstaPhase>(kTail)));
    InitialiseGaussian(*this, seed, 1.0);
    const torch::NoGradGuard no_grad;
    scale_.fill_(kFirstScale);
    for (auto& phase : phases_) phase->SetStart();
  }

  at::Tensor Sense(const at::Tensor& pictures) override {
    return at::linear(ToBlocks(pictures), Phi());
  }

  at::Tensor Reconstruct(const at::Tensor& measurements) override {
    const at::Tensor phi = Phi();
    at::Tensor x = FromBlocks(at::matmul(measurements, phi));
    for (const auto& phase : phases_) {
      const at::Tensor excess = at::linear(ToBlocks(x), phi) - measurements;
      x = phase->Denoise(x - phase->step() * FromBlocks(at::matmul(excess, phi)),
                         convolution_type_);
    }
    return x;
  }

  int channels() const override { return 1; }
  Shape measurement_shape() const override {
    return Shape{1, 1, static_cast<int>(phi_->weight.size(0))};
  }
  Json Description() const override {
    return {{"name", "opine_net_plus"}, {"measurements", phi_->weight.size(0)}};
  }
  int64_t MacsPerBlock() const override {
    int64_t macs = 2 * phi_->weight.numel();
    for (const auto& phase : phases_) macs += phase->Macs(kPixels) + 2 * phi_->weight.numel();
    return macs;
  }

 private:
  // scale * sign(phi). Gradients pass the sign unchanged ("straight-through").
  at::Tensor Phi() const {
    const at::Tensor& weight = phi_->weight;
    const at::Tensor sign = at::where(weight >= 0, at::ones_like(weight), -at::ones_like(weight));
    return scale_ * (weight + (sign - weight).detach());
  }

  nn::Linear phi_{nullptr};
  at::Tensor scale_;
  std::vector<std::shared_ptr<IstaPhase>> phases_;
};

Safetensors FromPublishedNames(const Safetensors& published, const std::string& file) {
  Safetensors renamed;
  renamed.tensors["phi.weight"] = published.At("module.Phi", file);
  renamed.tensors["phi_scale"] = published.At("module.Phi_scale", file);
  RenamePhases(published, kPhases, kTail, file, renamed);
  return renamed;
}

}  // namespace

std::shared_ptr<PictureNet> MakeOpineNetPlus(const Json& description,
                                             uint64_t seed,
                                             const std::string& where) {
  const DescriptionReader reader(description, where, {"name", "measurements"});
  return std::make_shared<OpineNetPlus>(
      static_cast<int>(reader.Integer("measurements", 272, 1, kPixels)), seed);
}

void RegisterOpineNetPlus(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "opine_net_plus";
  info.summary = "learned binary measurement of 33x33 blocks, nine phases over the whole picture";
  info.description =
      "y = Phi x for each 33x33 block, Phi = scale * sign(learned matrix); x0 = Phi'y; nine "
      "phases r = x - lambda Phi'(Phi x - y), x = r + G(B(soft(F(D(r)), theta))) of 3x3 "
      "convolutions with 32 channels, which run over the whole picture, across the borders of "
      "blocks. Published weights: safetensors with the PyTorch names (module.Phi, "
      "module.fcs.0.conv_D, ...). Training here minimises the squared error alone: the paper's "
      "symmetry and orthogonality losses are left out. Gray; the channels of a colour picture are "
      "taken one by one. Published PSNR is of the clipped picture.";
  info.source =
      "Zhang, Zhao, Gao, Optimization-inspired compact deep compressive sensing, IEEE JSTSP 14 "
      "(2020) 765; layers: jianzhangcs/OPINE-Net";
  RegisterLearnedNetMethod(
      methods, std::move(info), {.tensor = "module.Phi", .rename = FromPublishedNames});
}

}  // namespace chaosense
