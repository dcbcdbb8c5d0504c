// MSRNet (Lian, Fu, Chen, Shi, Acta Autom. Sin. 45, 2019), our interpretation: network and method
// "msrnet".
#include <algorithm>
#include <array>
#include <vector>

#include "core/image/blocks.h"
#include "core/nets/gaussian_net.h"
#include "core/nets/gaussian_net_method.h"
#include "core/nets/peer_nets.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr size_t kBlocks = 3;
constexpr int64_t kFeatures = 32;
constexpr std::array<int64_t, 3> kDilations = {1, 2, 4};
constexpr int64_t kReach = kDilations.back();
constexpr int64_t kSide = kBlockSize;
constexpr int64_t kPixels = kSide * kSide;

struct Offset {
  int64_t row;
  int64_t column;
  bool operator==(const Offset&) const = default;
};

// The nine taps of a dilated 3x3 convolution, row by row.
std::vector<Offset> TapsOf(int64_t dilation) {
  std::vector<Offset> taps;
  for (int64_t row = -1; row <= 1; ++row)
    for (int64_t column = -1; column <= 1; ++column)
      taps.push_back({row * dilation, column * dilation});
  return taps;
}

// The three dilated convolutions see one channel: together they are a 1x1 convolution of the 25
// shifted pictures at the taps of all of them, which is twice as fast.
class DilatedBank : public nn::Module {
 public:
  DilatedBank() {
    for (const int64_t dilation : kDilations) {
      for (const Offset& tap : TapsOf(dilation)) {
        if (std::find(taps_.begin(), taps_.end(), tap) == taps_.end()) taps_.push_back(tap);
      }
    }
    for (const int64_t dilation : kDilations) {
      layers_.push_back(register_module(
          "dilation" + std::to_string(dilation),
          nn::Conv2d(nn::Conv2dOptions(1, kFeatures, 3).dilation(dilation).padding(dilation))));
      at::Tensor selection = at::zeros({9, static_cast<int64_t>(taps_.size())});
      int64_t k = 0;
      for (const Offset& tap : TapsOf(dilation)) {
        const auto at = std::find(taps_.begin(), taps_.end(), tap) - taps_.begin();
        selection[k++][at] = 1;
      }
      selections_.push_back(selection);
    }
  }

  // [N, 1, H, W] -> [N, 96, H, W] in `type`.
  at::Tensor Apply(const at::Tensor& x, at::ScalarType type) const {
    const int64_t h = x.size(2);
    const int64_t w = x.size(3);
    const at::Tensor wide = at::constant_pad_nd(x.to(type), {kReach, kReach, kReach, kReach});
    std::vector<at::Tensor> shifted;
    for (const Offset& tap : taps_)
      shifted.push_back(wide.slice(2, kReach + tap.row, kReach + tap.row + h)
                            .slice(3, kReach + tap.column, kReach + tap.column + w));
    std::vector<at::Tensor> weights;
    std::vector<at::Tensor> biases;
    for (size_t i = 0; i < layers_.size(); ++i) {
      weights.push_back(
          at::mm(layers_[i]->weight.view({kFeatures, 9}), selections_[i].to(x.device())));
      biases.push_back(layers_[i]->bias);
    }
    return at::conv2d(
        at::cat(shifted, 1).contiguous(at::MemoryFormat::ChannelsLast),
        at::cat(weights).view({-1, static_cast<int64_t>(taps_.size()), 1, 1}).to(type),
        at::cat(biases).to(type));
  }

  int64_t MacsPerBlock() const {
    return static_cast<int64_t>(kDilations.size()) * 9 * kFeatures * kPixels;
  }

 private:
  std::vector<Offset> taps_;
  std::vector<nn::Conv2d> layers_;
  std::vector<at::Tensor> selections_;
};

class MsrNet : public GaussianNet {
 public:
  MsrNet(const GaussianLayout& layout, uint64_t seed) : GaussianNet("msrnet", layout) {
    constexpr int64_t kAll = kDilations.size() * kFeatures;
    for (size_t k = 0; k < kBlocks; ++k) {
      const std::string name = "block" + std::to_string(k + 1) + "_";
      blocks_.push_back(
          Block{register_module(name + "bank", std::make_shared<DilatedBank>()),
                register_module(name + "mix",
                                nn::Conv2d(nn::Conv2dOptions(kAll, kFeatures, 3).padding(1))),
                register_module(name + "out",
                                nn::Conv2d(nn::Conv2dOptions(kFeatures, 1, 3).padding(1)))});
    }
    InitialiseGaussian(*this, seed, 1.0);
    // Residuals begin at zero, so that training starts from what the fully connected layer gives.
    const torch::NoGradGuard no_grad;
    for (Block& block : blocks_) block.out->weight.zero_();
  }

 private:
  struct Block {
    std::shared_ptr<DilatedBank> bank;
    nn::Conv2d mix;
    nn::Conv2d out;
  };

  at::Tensor Refine(const at::Tensor& estimate, const at::Tensor& measurements) override {
    at::Tensor x = estimate;
    for (const Block& block : blocks_) {
      const at::Tensor scales = at::relu(block.bank->Apply(x, convolution_type_));
      x = x + Convolve(block.out, at::relu(Convolve(block.mix, scales))).to(at::kFloat);
    }
    const at::Tensor phi = PhiAsSeen();
    const at::Tensor missing = measurements - at::linear(x.reshape({-1, kPixels}), phi);
    return x + at::mm(missing, phi).view(x.sizes());
  }

  int64_t RefinementMacs() const override {
    int64_t macs = 2 * static_cast<int64_t>(measurement_shape().size()) * kPixels;
    for (const Block& block : blocks_)
      macs += block.bank->MacsPerBlock() + ConvolutionMacs(block.mix, kPixels) +
              ConvolutionMacs(block.out, kPixels);
    return macs;
  }

  std::vector<Block> blocks_;
};

}  // namespace

std::shared_ptr<PictureNet> MakeMsrNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where) {
  return std::make_shared<MsrNet>(GaussianLayoutFromJson(description, where), seed);
}

void RegisterMsrNet(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "msrnet";
  info.summary =
      "random Gaussian measurement of 33x33 blocks, multi-scale residual blocks (our "
      "interpretation)";
  info.description =
      "OUR INTERPRETATION: the paper's layer table is not public. Known from its abstract: "
      "dilated convolutions at several scales, residual learning, and a last step that brings the "
      "projection of the output nearer to the measurements. Here: y = Phi x; x0 = fc(y); three "
      "times x <- x + r, r = {3x3 convolutions with dilation 1, 2 and 4 to 32 channels each, ReLU, "
      "3x3 to 32, ReLU, 3x3 to 1} of x; then x + Phi'(y - Phi x), which agrees with the "
      "measurements exactly as Phi has orthonormal rows; it is part of the network in training "
      "too. Weights are trained here, for a seeded matrix, from the closed-form linear estimate. "
      "Gray; the channels of a colour picture are taken one by one. No denoiser follows.";
  info.source =
      "Lian, Fu, Chen, Shi, Image compressed sensing reconstruction via multi-scale residual "
      "network, Acta Automatica Sinica 45 (2019) 2082, doi 10.16383/j.aas.c170546 (abstract)";
  RegisterGaussianNetMethod(methods, std::move(info), {});
}

}  // namespace chaosense
