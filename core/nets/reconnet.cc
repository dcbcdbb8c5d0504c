// ReconNet (Kulkarni et al., CVPR 2016): network and method "reconnet".
#include <array>
#include <vector>

#include "core/image/blocks.h"
#include "core/nets/folded_convolution.h"
#include "core/nets/gaussian_net.h"
#include "core/nets/gaussian_net_method.h"
#include "core/nets/peer_nets.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr double kInitialGain = 0.1;  // of the random part, against the identity's 1

struct Layer {
  int64_t in;
  int64_t out;
  int64_t kernel;
};
// ReconNet_arch.prototxt: twice {11x11, 1x1, 7x7}, ReLU after all but the last.
constexpr std::array<Layer, 6> kLayers = {
    {{1, 64, 11}, {64, 32, 1}, {32, 1, 7}, {1, 64, 11}, {64, 32, 1}, {32, 1, 7}}};

// The convolutions begin near the identity, so that training starts from what the fully connected
// layer gives.
class ReconnetNet : public GaussianNet {
 public:
  ReconnetNet(const GaussianLayout& layout, uint64_t seed) : GaussianNet("reconnet", layout) {
    for (size_t i = 0; i < kLayers.size(); ++i) {
      const Layer& layer = kLayers[i];
      convolutions_.emplace_back(register_module(
          "conv" + std::to_string(i + 1),
          nn::Conv2d(
              nn::Conv2dOptions(layer.in, layer.out, layer.kernel).padding(layer.kernel / 2))));
    }
    InitialiseGaussian(*this, seed, kInitialGain);
    const torch::NoGradGuard no_grad;
    for (FoldedConvolution& convolution : convolutions_) {
      const at::Tensor& weight = convolution.layer()->weight;
      const int64_t middle = weight.size(2) / 2;
      weight.select(0, 0).select(0, 0).select(0, middle).select(0, middle).fill_(1.0);
    }
  }

 private:
  at::Tensor Refine(const at::Tensor& estimate, const at::Tensor&) override {
    at::Tensor x = Fold(estimate.to(convolution_type_));
    for (size_t i = 0; i < convolutions_.size(); ++i) {
      x = convolutions_[i](x);
      if (i + 1 < convolutions_.size()) x = at::relu(x);
    }
    return Unfold(x).to(at::kFloat);
  }

  int64_t RefinementMacs() const override {
    int64_t macs = 0;
    for (const FoldedConvolution& convolution : convolutions_) macs += convolution.MacsPerBlock();
    return macs;
  }

  std::vector<FoldedConvolution> convolutions_;
};

// The caffe names: layer.0 holds weights, layer.1 biases.
Safetensors FromCaffeNames(const Safetensors& published, const std::string& file) {
  Safetensors renamed;
  const auto take = [&](const std::string& from, const std::string& to) {
    renamed.tensors[to + ".weight"] = published.At(from + ".0", file);
    renamed.tensors[to + ".bias"] = published.At(from + ".1", file);
  };
  take("fc1", "fc");
  for (size_t i = 1; i <= kLayers.size(); ++i)
    take("conv" + std::to_string(i), "conv" + std::to_string(i));
  return renamed;
}

}  // namespace

std::shared_ptr<PictureNet> MakeReconnet(const Json& description,
                                         uint64_t seed,
                                         const std::string& where) {
  return std::make_shared<ReconnetNet>(GaussianLayoutFromJson(description, where), seed);
}

void RegisterReconnet(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "reconnet";
  info.summary =
      "random Gaussian measurement of 33x33 blocks, convolutional reconstruction (CVPR 2016)";
  info.description =
      "y = Phi x; fully connected layer to 33x33; twice {11x11 convolution to 64 channels, 1x1 to "
      "32, 7x7 to 1}, ReLU between. Published weights (safetensors with the caffe names fc1.0, "
      "conv1.0, ...) work on column-major blocks and need their own matrix; weights trained here "
      "belong to a seeded matrix and start from the closed-form linear estimate. Gray; the "
      "channels of a colour picture are taken one by one. No denoiser follows.";
  info.source =
      "Kulkarni, Lohit, Turaga, Kerviche, Ashok, CVPR 2016, arXiv 1601.06892; layers: "
      "KuldeepKulkarni/ReconNet, train/ReconNet_arch.prototxt";
  RegisterGaussianNetMethod(methods,
                            std::move(info),
                            {.tensor = "fc1.0", .column_major = true, .rename = FromCaffeNames});
}

}  // namespace chaosense
