// CSNet+ (Shi, Jiang, Liu, Zhao, IEEE TIP 2020): network and method "csnet_plus".
#include <memory>
#include <utility>
#include <vector>

#include "core/image/blocks.h"
#include "core/nets/description.h"
#include "core/nets/folded_convolution.h"
#include "core/nets/learned_net_method.h"
#include "core/nets/peer_nets.h"
#include "core/nets/tensor_blocks.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr int kFeatures = 64;  // of the published network
constexpr int kBlocks = 5;
constexpr int64_t kPixels = int64_t{kBlockSize} * kBlockSize;

nn::Conv2d Conv3x3(int64_t in, int64_t out) {
  return nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(1));
}

class CsNetPlus : public PictureNet, public PrincipalStart {
 public:
  CsNetPlus(int measurements, int features, int blocks, uint64_t seed) {
    sampling_ = register_module("sampling",
                                nn::Linear(nn::LinearOptions(kPixels, measurements).bias(false)));
    initial_ = register_module("initial", nn::Linear(measurements, kPixels));
    head_.emplace_back(
        register_module("head", nn::Conv2d(nn::Conv2dOptions(1, features, 7).padding(3))));
    for (int k = 0; k < blocks; ++k) {
      const std::string block = "block" + std::to_string(k);
      residual_.emplace_back(register_module(block + "a", Conv3x3(features, features)),
                             register_module(block + "b", Conv3x3(features, features)));
    }
    last_ = register_module("last", Conv3x3(features, features));
    out_ = register_module("out", Conv3x3(features, 1));
    InitialiseGaussian(*this, seed, 1.0);
    // The trunk and its residuals begin at zero: training starts from the linear estimate.
    const torch::NoGradGuard no_grad;
    for (auto& [a, b] : residual_) b->weight.zero_();
    out_->weight.zero_();
    SetComponents(at::eye(measurements, kPixels));
  }

  int64_t component_count() const override { return sampling_->weight.size(0); }
  // y = P x, x0 = P'(y - P 1/2) + 1/2.
  void SetComponents(const at::Tensor& rows) override {
    const torch::NoGradGuard no_grad;
    sampling_->weight.copy_(rows);
    initial_->weight.copy_(rows.t());
    initial_->bias.copy_(0.5 - 0.5 * at::mv(rows.t(), rows.sum(1)));
  }
  std::vector<at::Tensor> closed_form_parameters() override {
    return {sampling_->weight, initial_->weight, initial_->bias};
  }

  at::Tensor Sense(const at::Tensor& pictures) override {
    return sampling_->forward(ToBlocks(pictures));
  }

  at::Tensor Reconstruct(const at::Tensor& measurements) override {
    const at::Tensor x = FromBlocks(initial_->forward(measurements));
    const at::Tensor head = at::relu(Unfold(head_.front()(Fold(x.to(convolution_type_)))));
    at::Tensor h = head;
    for (const auto& [a, b] : residual_) h = h + Convolve(b, at::relu(Convolve(a, h)));
    h = head + at::relu(Convolve(last_, h));
    return x + Convolve(out_, h).to(at::kFloat);
  }

  int channels() const override { return 1; }
  Shape measurement_shape() const override {
    return Shape{1, 1, static_cast<int>(sampling_->weight.size(0))};
  }
  Json Description() const override {
    return {{"name", "csnet_plus"},
            {"measurements", sampling_->weight.size(0)},
            {"features", out_->weight.size(1)},
            {"blocks", residual_.size()}};
  }
  int64_t MacsPerBlock() const override {
    int64_t macs = sampling_->weight.numel() + initial_->weight.numel() +
                   head_.front().MacsPerBlock() + ConvolutionMacs(last_, kPixels) +
                   ConvolutionMacs(out_, kPixels);
    for (const auto& [a, b] : residual_)
      macs += ConvolutionMacs(a, kPixels) + ConvolutionMacs(b, kPixels);
    return macs;
  }

 private:
  nn::Linear sampling_{nullptr}, initial_{nullptr};
  std::vector<FoldedConvolution> head_;  // one
  std::vector<std::pair<nn::Conv2d, nn::Conv2d>> residual_;
  nn::Conv2d last_{nullptr}, out_{nullptr};
};

}  // namespace

std::shared_ptr<PictureNet> MakeCsNetPlus(const Json& description,
                                          uint64_t seed,
                                          const std::string& where) {
  const DescriptionReader reader(
      description, where, {"name", "measurements", "features", "blocks"});
  return std::make_shared<CsNetPlus>(
      static_cast<int>(reader.Integer("measurements", 272, 1, kPixels)),
      static_cast<int>(reader.Integer("features", kFeatures, 1, 1024)),
      static_cast<int>(reader.Integer("blocks", kBlocks, 0, 64)),
      seed);
}

void RegisterCsNetPlus(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "csnet_plus";
  info.summary = "learned measurement of blocks, linear estimate, residual network on the picture";
  info.description =
      "y = W x for each block; x0 = linear estimate of each block; then over the whole picture "
      "x0 + {7x7 convolution to 64 channels, five residual blocks of two 3x3 convolutions, one "
      "more 3x3, sum with the first features, 3x3 to one channel}, ReLU between. Differs from the "
      "published network: blocks of 33x33 instead of 32x32, as everywhere here; no batch "
      "normalisation, ReLU where public code has PReLU, and the output is added to x0, so that "
      "training can start from the linear optimum: W from principal components, x0 their "
      "transpose. Weights are trained here. Gray; the channels of a colour picture are taken one "
      "by one.";
  info.source =
      "Shi, Jiang, Liu, Zhao, Image compressed sensing using convolutional neural network, IEEE "
      "TIP 29 (2020) 375; layers: WenxueCui/CSNet-Pytorch, lib/network.py (CSNet_Enhanced)";
  RegisterLearnedNetMethod(methods, std::move(info), {});
}

}  // namespace chaosense
