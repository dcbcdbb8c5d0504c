// DR2-Net (Yao et al., arXiv 1702.05743; Neurocomputing 359, 2019): network and method "dr2net".
#include <array>
#include <cmath>
#include <vector>

#include "core/nets/folded_convolution.h"
#include "core/nets/gaussian_net.h"
#include "core/nets/gaussian_net_method.h"
#include "core/nets/peer_nets.h"
#include "core/nets/weights.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr size_t kBlocks = 4;
constexpr double kInitialGain = 0.02;       // of a residual's last layer, against 1 of the others
constexpr double kBatchNormEpsilon = 1e-5;  // caffe's default

// x_0 = fc(y), x_{k+1} = x_k + r_k, r_k = conv11x11x64, ReLU, conv1x1x32, ReLU, conv7x7x1 of x_k
// (no bias in the last), and a ReLU on r_1, r_2, r_3.
//
// Batch normalisation and scale after the first two convolutions are, with the stored statistics, a
// factor and an offset per channel: they are part of the weights and biases here.
class Dr2Net : public GaussianNet {
 public:
  Dr2Net(const GaussianLayout& layout, uint64_t seed) : GaussianNet("dr2net", layout) {
    const auto convolution = [&](size_t block, const char* name, nn::Conv2dOptions options) {
      return FoldedConvolution(
          register_module("block" + std::to_string(block + 1) + "_" + name, nn::Conv2d(options)));
    };
    for (size_t k = 0; k < kBlocks; ++k) {
      blocks_.push_back(Block{convolution(k, "wide", {1, 64, 11}),
                              convolution(k, "mix", {64, 32, 1}),
                              convolution(k, "out", nn::Conv2dOptions(32, 1, 7).bias(false))});
    }
    InitialiseGaussian(*this, seed, 1.0);
    const torch::NoGradGuard no_grad;
    for (Block& block : blocks_) block.out.layer()->weight.mul_(kInitialGain);
  }

 private:
  struct Block {
    FoldedConvolution wide;
    FoldedConvolution mix;
    FoldedConvolution out;
  };

  at::Tensor Refine(const at::Tensor& estimate, const at::Tensor&) override {
    at::Tensor x = Fold(estimate);  // stays float: the residuals are small against it
    for (size_t k = 0; k < kBlocks; ++k) {
      const Block& block = blocks_[k];
      at::Tensor r = at::relu(block.wide(x.to(convolution_type_)));
      r = block.out(at::relu(block.mix(r))).to(at::kFloat);
      x = x + (k + 1 < kBlocks ? at::relu(r) : r);
    }
    return Unfold(x);
  }

  int64_t RefinementMacs() const override {
    int64_t macs = 0;
    for (const Block& block : blocks_)
      macs += block.wide.MacsPerBlock() + block.mix.MacsPerBlock() + block.out.MacsPerBlock();
    return macs;
  }

  std::vector<Block> blocks_;
};

// The caffe layers conv1_r .. conv12_r, three a block; bn_*: sums of mean and variance and the
// factor they are to be divided by; scale_*: gamma and beta.
Safetensors FromCaffeNames(const Safetensors& published, const std::string& file) {
  Safetensors renamed;
  renamed.tensors["fc.weight"] = published.At("fc1.0", file);
  renamed.tensors["fc.bias"] = published.At("fc1.1", file);
  const auto tensor = [&](const std::string& name) {
    return UnpackTensor(published.At(name, file)).to(at::kDouble);
  };
  const auto normalised = [&](int layer, const std::string& to) {
    const std::string name = "conv" + std::to_string(layer) + "_r";
    const double sum = tensor("bn_" + name + ".2").reshape({-1})[0].item<double>();
    const double factor = sum == 0 ? 0 : 1 / sum;
    const at::Tensor mean = tensor("bn_" + name + ".0") * factor;
    const at::Tensor variance = tensor("bn_" + name + ".1") * factor;
    const at::Tensor gain = tensor("scale_" + name + ".0") / (variance + kBatchNormEpsilon).sqrt();
    const at::Tensor bias = tensor("scale_" + name + ".1") - gain * mean;
    renamed.tensors[to + ".weight"] =
        PackTensor(tensor(name + ".0") * gain.view({-1, 1, 1, 1}), TensorType::kF32);
    renamed.tensors[to + ".bias"] = PackTensor(bias, TensorType::kF32);
  };
  for (int k = 0; k < static_cast<int>(kBlocks); ++k) {
    const std::string to = "block" + std::to_string(k + 1) + "_";
    normalised(3 * k + 1, to + "wide");
    normalised(3 * k + 2, to + "mix");
    renamed.tensors[to + "out.weight"] =
        published.At("conv" + std::to_string(3 * k + 3) + "_r.0", file);
  }
  return renamed;
}

}  // namespace

std::shared_ptr<PictureNet> MakeDr2Net(const Json& description,
                                       uint64_t seed,
                                       const std::string& where) {
  return std::make_shared<Dr2Net>(GaussianLayoutFromJson(description, where), seed);
}

void RegisterDr2Net(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "dr2net";
  info.summary =
      "random Gaussian measurement of 33x33 blocks, linear estimate and four residual blocks";
  info.description =
      "y = Phi x; x0 = fc(y); four times x <- x + r, r = {11x11 convolution to 64 channels, 1x1 to "
      "32, 7x7 to 1} of x with ReLU between. As in the released models, r_1, r_2 and r_3 pass "
      "through a ReLU too (not in the paper's text; without it they lose 5 dB). The batch "
      "normalisation of the released models is folded into weights and biases; networks trained "
      "here have those biases and no batch statistics: this is our choice, the residuals begin "
      "near zero, which batch statistics would prevent. Published weights (safetensors with the "
      "caffe names) work on column-major blocks and need their own matrix; weights trained here "
      "belong to a seeded matrix and start from the closed-form linear estimate. Gray; the "
      "channels of a colour picture are taken one by one. No denoiser follows.";
  info.source =
      "Yao, Dai, Zhang, Zhang, Tian, Xu, DR2-Net, Neurocomputing 359 (2019) 483, arXiv 1702.05743; "
      "layers: coldrainyht/caffe_dr2, DR2/train";
  RegisterGaussianNetMethod(
      methods,
      std::move(info),
      {.tensor = "bn_conv1_r.0", .column_major = true, .rename = FromCaffeNames});
}

}  // namespace chaosense
