// The method "fclbcnn": the paper's network as far as it is known, and our filling of the gaps.
#include <algorithm>

#include "core/base/error.h"
#include "core/nets/fclbcnn_latent.h"
#include "core/nets/fclbcnn_net.h"
#include "core/nets/net_method.h"
#include "core/nets/register.h"
#include "core/nets/weights.h"

namespace chaosense {
namespace {

class Fclbcnn : public NetMethod {
 public:
  explicit Fclbcnn(const Json& parameters)
      : latent_(FclbcnnLatent(
            std::min(1.0, parameters["rate"].get<double>() * parameters["channels"].get<int>()),
            parameters["planes"].get<int>())),
        weights_(parameters["weights"].get<std::string>()) {}

  void Fit(const FitContext& context) override {
    const std::filesystem::path path = WeightFile(context);
    const Safetensors content = ReadSafetensors(path);
    std::shared_ptr<PictureNet> net = UnpackNet(content, path.string());
    if (net->channels() != 3 || !(net->measurement_shape() == latent_)) {
      throw ConfigError("{}: holds a network with a code of {}, this rate needs {}",
                        path.string(),
                        LatentName(net->measurement_shape()),
                        LatentName(latent_));
    }
    const Quantiser quantiser = UnpackQuantiser(content, latent_.size(), path.string());
    if (quantiser.empty()) throw ConfigError("{}: holds no quantiser", path.string());
    SetNet(std::move(net), quantiser, context);
  }

  double ExactRate(int channels) const override {
    return static_cast<double>(latent_.size()) / (channels * kBlockSize * kBlockSize);
  }

 private:
  std::filesystem::path WeightFile(const FitContext& context) const override {
    const std::string stem = "fclbcnn_" + LatentName(latent_);
    return WeightsPath(weights_,
                       stem + ".safetensors",
                       "train it: chaosense train configs/train/" + stem + ".json",
                       context);
  }

  Shape latent_;
  std::string weights_;
};

}  // namespace

void RegisterFclbcnn(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "fclbcnn";
  info.summary =
      "the paper's colour network: learned sampling, fully connected and convolutional decoder";
  info.description =
      "Known from the paper's abstract and captions: 3x33x33 blocks; compression by bilinear "
      "interpolation and convolutions; reconstruction by convolutions with bilinear "
      "interpolation (contours) and a fully connected layer (colour); trained on colour only; "
      "a gray picture is copied to three channels and the answer averaged. Layers, sizes and "
      "training are OUR INTERPRETATION:\n"
      "  code y = S(x) + C(x): S a convolution that covers the block (33x33, as many outputs "
      "as measurements), C the block resized bilinearly to the code's size through two 3x3 "
      "convolutions;\n"
      "  reconstruction x^ = f + B(y, f): f = F(y) fully connected to 3x33x33; B a 3x3 "
      "convolution of y at the code's size, resized bilinearly to 11x11 cells, plus a 3x3 "
      "convolution of f's cells (3x3 RGB pixels are a cell's 27 values), residual pairs of 3x3 "
      "convolutions, and 27 outputs a cell. The paper's figure 3 shows both parts by "
      "themselves; whether its B sees f is not known. Without that B gains almost nothing here.\n"
      "Training starts at the best linear code: S spans the principal components of training "
      "blocks, turned so that the code looks like a thumbnail; F is the linear estimate of the "
      "block; C and B begin at zero.\n"
      "The paper prints rates only. Two code shapes fit them, chosen by \"planes\": 3 "
      "(3x14x14, 3x9x10, 3x6x6, 3x4x4, 3x2x2 for 0.53, 0.25, 0.10, 0.04, 0.01 of a gray image) "
      "or 1 (24x24, 16x17, 10x11, 6x7, 3x4). On a colour image the same net has a third of its "
      "rate on gray (0.53 is the paper's 0.18 in colour).";
  info.source =
      "Chen, Guo, Jing, Acta Phys. Sin. 69 (2020) 240502, abstract and figure captions; sampling "
      "convolution: Shi et al., CSNet (ICME 2017)";
  info.parameters = {
      {"rate",
       {{"type", "number"},
        {"exclusiveMinimum", 0},
        {"maximum", 1},
        {"default", 0.25},
        {"description", "sampling rate on an image of `channels` channels"}}},
      {"channels",
       {{"type", "integer"},
        {"enum", {1, 3}},
        {"default", 1},
        {"description",
         "what the rate refers to: 1 gray, 3 colour (0.18 in colour is 0.54 on gray)"}}},
      {"planes",
       {{"type", "integer"},
        {"enum", {1, 3}},
        {"default", 3},
        {"description", "planes of the code"}}},
      {"weights",
       {{"type", "string"},
        {"default", "auto"},
        {"description", "safetensors file; \"auto\": results/models/fclbcnn_<code>.safetensors"}}}};
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<Fclbcnn>(p); });
}

}  // namespace chaosense
