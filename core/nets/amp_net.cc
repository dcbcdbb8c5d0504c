// AMP-Net-K-BM (Zhang, Liu, Liu, Wen, Zhu, IEEE TIP 2021): network and method "amp_net".
#include <memory>
#include <string>
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

constexpr int kPhases = 9;  // of the published network
constexpr int64_t kFeatures = 32;
constexpr int64_t kSide = kBlockSize;
constexpr int64_t kPixels = kSide * kSide;

// Four 3x3 convolutions, 1-32-32-32-1, ReLU between: what it gives begins at zero.
class SmallNet : public nn::Module {
 public:
  SmallNet() {
    first_.emplace_back(Add("first", 1, kFeatures));
    middle_ = {Add("middle1", kFeatures, kFeatures), Add("middle2", kFeatures, kFeatures)};
    last_.emplace_back(Add("last", kFeatures, 1));
  }

  void SetStart() {
    const torch::NoGradGuard no_grad;
    last_.front().layer()->weight.zero_();
  }

  // `convolve(layer, x)` computes the wide ones, in `type`.
  template <typename Convolve>
  at::Tensor Apply(const at::Tensor& x, at::ScalarType type, const Convolve& convolve) const {
    at::Tensor h = at::relu(Unfold(first_.front()(Fold(x.to(type)))));
    for (const nn::Conv2d& layer : middle_) h = at::relu(convolve(layer, h));
    return Unfold(last_.front()(Fold(h))).to(at::kFloat);
  }

  int64_t MacsPerBlock() const {
    int64_t macs = first_.front().MacsPerBlock() + last_.front().MacsPerBlock();
    for (const nn::Conv2d& layer : middle_) macs += ConvolutionMacs(layer, kPixels);
    return macs;
  }

 private:
  nn::Conv2d Add(const std::string& name, int64_t in, int64_t out) {
    return register_module(
        name, nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(1).bias(/*new_bias=*/out != 1)));
  }

  std::vector<FoldedConvolution> first_, last_;  // one each: of one channel on one side
  std::vector<nn::Conv2d> middle_;
};

class AmpNet : public PictureNet, public PrincipalStart {
 public:
  AmpNet(int measurements, int phases, uint64_t seed) {
    a_ = register_parameter("a", at::zeros({measurements, kPixels}));
    q_ = register_parameter("q", at::zeros({measurements, kPixels}));
    steps_ = register_parameter("steps", at::ones({phases}));
    for (int k = 0; k < phases; ++k) {
      const std::string phase = "phase" + std::to_string(k);
      denoise_.push_back(register_module(phase + "_denoise", std::make_shared<SmallNet>()));
      deblock_.push_back(register_module(phase + "_deblock", std::make_shared<SmallNet>()));
    }
    InitialiseGaussian(*this, seed, 1.0);
    const torch::NoGradGuard no_grad;
    steps_.fill_(1);
    for (auto* nets : {&denoise_, &deblock_})
      for (auto& net : *nets) net->SetStart();
    SetComponents(at::eye(measurements, kPixels));
  }

  int64_t component_count() const override { return a_.size(0); }
  void SetComponents(const at::Tensor& rows) override {
    const torch::NoGradGuard no_grad;
    a_.copy_(rows);
    q_.copy_(rows);
  }
  std::vector<at::Tensor> closed_form_parameters() override { return {a_, q_}; }

  at::Tensor Sense(const at::Tensor& pictures) override {
    return at::matmul(ToBlocks(pictures - 0.5), a_.t());
  }

  at::Tensor Reconstruct(const at::Tensor& measurements) override {
    const auto convolve = [this](const nn::Conv2d& layer, const at::Tensor& x) {
      return Convolve(layer, x);
    };
    at::Tensor blocks = at::matmul(measurements, q_);  // [n, a, b, 1089]
    at::Tensor picture;
    for (size_t k = 0; k < denoise_.size(); ++k) {
      const at::Tensor noise =
          denoise_[k]
              ->Apply(blocks.reshape({-1, 1, kSide, kSide}), convolution_type_, convolve)
              .view(blocks.sizes());
      // x + s A'(y - A x) - (s A'A - 1) noise = x + noise + s A'(y - A (x + noise))
      blocks = blocks + noise;
      const at::Tensor missing = measurements - at::matmul(blocks, a_.t());
      picture = FromBlocks(blocks + steps_[static_cast<int64_t>(k)] * at::matmul(missing, a_));
      picture = picture - deblock_[k]->Apply(picture, convolution_type_, convolve);
      if (k + 1 < denoise_.size()) blocks = ToBlocks(picture);
    }
    return picture + 0.5;
  }

  int channels() const override { return 1; }
  Shape measurement_shape() const override { return Shape{1, 1, static_cast<int>(a_.size(0))}; }
  Json Description() const override {
    return {{"name", "amp_net"}, {"measurements", a_.size(0)}, {"phases", steps_.size(0)}};
  }
  int64_t MacsPerBlock() const override {
    int64_t macs = a_.numel() + q_.numel();
    for (size_t k = 0; k < denoise_.size(); ++k)
      macs += denoise_[k]->MacsPerBlock() + deblock_[k]->MacsPerBlock() + 2 * a_.numel();
    return macs;
  }

 private:
  at::Tensor a_;  // [measurements, 1089]
  at::Tensor q_;  // transposed
  at::Tensor steps_;
  std::vector<std::shared_ptr<SmallNet>> denoise_, deblock_;
};

}  // namespace

std::shared_ptr<PictureNet> MakeAmpNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where) {
  const DescriptionReader reader(description, where, {"name", "measurements", "phases"});
  return std::make_shared<AmpNet>(static_cast<int>(reader.Integer("measurements", 272, 1, kPixels)),
                                  static_cast<int>(reader.Integer("phases", kPhases, 1, 64)),
                                  seed);
}

void RegisterAmpNet(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "amp_net";
  info.summary = "learned measurement of blocks, unrolled approximate message passing, deblocking";
  info.description =
      "AMP-Net-K-BM. y = A (x - 1/2) for each block; x0 = Q y; in each phase n = N(x), "
      "r = x + s A'(y - A x) - (s A'A - 1) n, x = r - B(r): N works inside blocks, B across the "
      "whole picture, both of four 3x3 convolutions 1-32-32-32-1. A and Q are learned; they start "
      "from principal components, the published network's A from a Gaussian matrix, and pixels are "
      "taken less 1/2, which the published network does not. Number of phases: in the weight "
      "file (9 published). Weights are trained here. Gray; the channels of a colour picture are "
      "taken one by one.";
  info.source =
      "Zhang, Liu, Liu, Wen, Zhu, AMP-Net: denoising-based deep unfolding for compressive image "
      "sensing, IEEE TIP 30 (2021) 1487; layers: ZhonghaoZ/AMP-Net_TIP, train_AMP_Net_BM.py";
  RegisterLearnedNetMethod(methods, std::move(info), {});
}

}  // namespace chaosense
