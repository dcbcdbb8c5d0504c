#include "core/image/blocks.h"
#include "core/nets/gaussian_net.h"
#include "core/nets/gaussian_net_method.h"
#include "core/nets/peer_nets.h"

namespace chaosense {
namespace {

using torch::nn::Conv2d;
using torch::nn::Conv2dOptions;

class MyNet : public GaussianNet {
 public:
  MyNet(const GaussianLayout& layout, uint64_t seed) : GaussianNet("my_net", layout) {
    InitialiseGaussian(*this, seed, 1.0);
    const torch::NoGradGuard no_grad;
    out_->weight.zero_();  // so that training starts from the linear estimate
  }

 private:
  at::Tensor Refine(const at::Tensor& estimate, const at::Tensor&) override {
    return estimate + Convolve(out_, at::relu(Convolve(in_, estimate))).to(at::kFloat);
  }
  int64_t RefinementMacs() const override {
    constexpr int64_t kPixels = int64_t{kBlockSize} * kBlockSize;
    return ConvolutionMacs(in_, kPixels) + ConvolutionMacs(out_, kPixels);
  }
  Conv2d in_ = register_module("in", Conv2d(Conv2dOptions(1, 16, 3).padding(1)));
  Conv2d out_ = register_module("out", Conv2d(Conv2dOptions(16, 1, 3).padding(1)));
};

}  // namespace

std::shared_ptr<PictureNet> MakeMyNet(const Json& json, uint64_t seed, const std::string& where) {
  return std::make_shared<MyNet>(GaussianLayoutFromJson(json, where), seed);
}

void RegisterMyNet(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "my_net";
  info.summary = "an example";
  RegisterGaussianNetMethod(methods, std::move(info), {});
}

}  // namespace chaosense
