#include "core/nets/fclbcnn_net.h"

#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/image/blocks.h"
#include "core/nets/description.h"
#include "core/nets/fclbcnn_latent.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr int64_t kSide = kBlockSize;
constexpr int64_t kPixels = kSide * kSide;
constexpr int64_t kCell = 3;  // branch B works on cells of 3 x 3 pixels: 11 x 11 of them
constexpr int64_t kGrid = kSide / kCell;
constexpr int64_t kCellValues = 3 * kCell * kCell;

nn::Conv2d Conv(int64_t in, int64_t out, int64_t kernel) {
  return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).padding(kernel / 2));
}

at::Tensor Resize(const at::Tensor& x, int64_t height, int64_t width) {
  return at::upsample_bilinear2d(x, {height, width}, /*align_corners=*/false);
}

class FclbcnnNet : public BlockNet {
 public:
  FclbcnnNet(const FclbcnnLayout& layout, uint64_t seed) : layout_(layout) {
    const int64_t e = layout.encoder_channels;
    const int64_t d = layout.decoder_channels;
    const int64_t planes = layout.latent.channels;
    const int64_t coefficients = static_cast<int64_t>(layout.latent.size());
    // A convolution that covers the block has one position: a linear layer.
    sampling_ = register_module("sampling", nn::Linear(3 * kPixels, coefficients));
    bilinear_a_ = register_module("bilinear_a", Conv(3, e, 3));
    bilinear_b_ = register_module("bilinear_b", Conv(e, planes, 3));
    decode_ = register_module("decode", Conv(planes, d, 3));
    refine_ = register_module("refine", Conv(kCellValues, d, 3));
    for (int i = 0; i < layout.decoder_blocks; ++i) {
      decoder_.emplace_back(register_module("decoder" + std::to_string(i) + "a", Conv(d, d, 3)),
                            register_module("decoder" + std::to_string(i) + "b", Conv(d, d, 3)));
    }
    image_ = register_module("image", Conv(d, kCellValues, 3));
    fully_connected_ = register_module("fc", nn::Linear(coefficients, 3 * kPixels));
    InitialiseGaussian(*this, seed, 1.0);
    // What is added to the linear paths begins at zero, so that training starts at their
    // closed-form optimum.
    const torch::NoGradGuard no_grad;
    bilinear_b_->weight.zero_();
    for (auto& [a, b] : decoder_) b->weight.zero_();
    image_->weight.zero_();
  }

  at::Tensor Encode(const at::Tensor& blocks) override {
    const Shape& latent = layout_.latent;
    const at::Tensor small = Resize(blocks - 0.5, latent.height, latent.width);
    const at::Tensor path = Convolve(bilinear_b_, at::relu(Convolve(bilinear_a_, Format(small))));
    return sampling_->forward(blocks.reshape({-1, 3 * kPixels})) +
           path.to(at::kFloat).reshape({-1, Coefficients()});
  }

  at::Tensor Residual(const at::Tensor& measurements) override {
    return BranchB(measurements, BranchF(measurements));
  }

  at::Tensor Decode(const at::Tensor& measurements) override {
    const at::Tensor estimate = BranchF(measurements);
    return estimate + BranchB(measurements, estimate);
  }

  at::Tensor BranchF(const at::Tensor& measurements) {
    return fully_connected_->forward(measurements).view({-1, 3, kSide, kSide});
  }

  at::Tensor BranchB(const at::Tensor& measurements, const at::Tensor& estimate) const {
    at::Tensor z = measurements.view(
        {-1, layout_.latent.channels, layout_.latent.height, layout_.latent.width});
    z = Resize(Convolve(decode_, Format(z)), kGrid, kGrid);
    z = z + Convolve(refine_, Format(at::pixel_unshuffle(estimate - 0.5, kCell)));
    for (const auto& [a, b] : decoder_) z = z + Convolve(b, at::relu(Convolve(a, at::relu(z))));
    return at::pixel_shuffle(Convolve(image_, at::relu(z)).to(at::kFloat), kCell);
  }

  int channels() const override { return 3; }
  Shape measurement_shape() const override { return layout_.latent; }
  Json Description() const override { return ToJson(layout_); }
  std::string FileStem() const override { return "fclbcnn_" + LatentName(layout_.latent); }
  nn::Linear* sampling() override { return &sampling_; }
  nn::Linear& fully_connected() override { return fully_connected_; }

  int64_t MacsPerBlock() const override {
    constexpr int64_t kCells = kGrid * kGrid;
    const int64_t code = static_cast<int64_t>(layout_.latent.height) * layout_.latent.width;
    int64_t macs = sampling_->weight.numel() + fully_connected_->weight.numel() +
                   ConvolutionMacs(refine_, kCells) + ConvolutionMacs(image_, kCells);
    for (const auto& layer : {bilinear_a_, bilinear_b_, decode_})
      macs += ConvolutionMacs(layer, code);
    for (const auto& [a, b] : decoder_)
      macs += ConvolutionMacs(a, kCells) + ConvolutionMacs(b, kCells);
    return macs;
  }

 private:
  int64_t Coefficients() const { return static_cast<int64_t>(layout_.latent.size()); }

  FclbcnnLayout layout_;
  nn::Linear sampling_{nullptr}, fully_connected_{nullptr};
  nn::Conv2d bilinear_a_{nullptr}, bilinear_b_{nullptr}, decode_{nullptr}, refine_{nullptr},
      image_{nullptr};
  std::vector<std::pair<nn::Conv2d, nn::Conv2d>> decoder_;
};

}  // namespace

FclbcnnLayout FclbcnnLayoutFromJson(const Json& description, const std::string& where) {
  const DescriptionReader reader(description,
                                 where,
                                 {"name",
                                  "rate",
                                  "planes",
                                  "latent",
                                  "encoder_channels",
                                  "decoder_channels",
                                  "decoder_blocks"});
  FclbcnnLayout layout;
  if (reader.Has("latent")) {
    if (reader.Has("rate") || reader.Has("planes")) {
      throw ConfigError("{}: give \"latent\", or \"rate\" and \"planes\", not both", where);
    }
    const std::vector<int64_t> sides = reader.Integers("latent", 3, 1, kSide);
    layout.latent =
        Shape{static_cast<int>(sides[0]), static_cast<int>(sides[1]), static_cast<int>(sides[2])};
  } else {
    const auto planes = static_cast<int>(reader.Integer("planes", 3, 1, 3));
    if (planes == 2) throw ConfigError("{}/planes: 2 is not allowed; allowed: 1, 3", where);
    layout.latent = FclbcnnLatent(reader.Number("rate", 0.25, 0, 1), planes);
  }
  if (layout.latent.channels != 1 && layout.latent.channels != 3)
    throw ConfigError("{}/latent: a code has 1 or 3 planes", where);
  layout.encoder_channels =
      static_cast<int>(reader.Integer("encoder_channels", layout.encoder_channels, 1, 512));
  layout.decoder_channels =
      static_cast<int>(reader.Integer("decoder_channels", layout.decoder_channels, 1, 512));
  layout.decoder_blocks =
      static_cast<int>(reader.Integer("decoder_blocks", layout.decoder_blocks, 0, 16));
  return layout;
}

Json ToJson(const FclbcnnLayout& layout) {
  return {{"name", "fclbcnn"},
          {"latent", {layout.latent.channels, layout.latent.height, layout.latent.width}},
          {"encoder_channels", layout.encoder_channels},
          {"decoder_channels", layout.decoder_channels},
          {"decoder_blocks", layout.decoder_blocks}};
}

std::shared_ptr<BlockNet> MakeFclbcnnNet(const FclbcnnLayout& layout, uint64_t seed) {
  return std::make_shared<FclbcnnNet>(layout, seed);
}

}  // namespace chaosense
