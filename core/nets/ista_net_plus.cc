// ISTA-Net+ (Zhang and Ghanem, CVPR 2018): network and method "ista_net_plus".
#include <memory>
#include <vector>

#include "core/image/blocks.h"
#include "core/nets/description.h"
#include "core/nets/gaussian_net.h"
#include "core/nets/gaussian_net_method.h"
#include "core/nets/ista_phase.h"
#include "core/nets/peer_nets.h"

namespace chaosense {
namespace {

constexpr int kPhases = 9;  // of the published networks
constexpr int kTail = 1;
constexpr int64_t kPixels = int64_t{kBlockSize} * kBlockSize;

class IstaNetPlus : public GaussianNet {
 public:
  IstaNetPlus(const GaussianLayout& layout, int phases, uint64_t seed)
      : GaussianNet("ista_net_plus", layout) {
    for (int k = 0; k < phases; ++k)
      phases_.push_back(
          register_module("phase" + std::to_string(k), std::make_shared<IstaPhase>(kTail)));
    InitialiseGaussian(*this, seed, 1.0);
    for (auto& phase : phases_) phase->SetStart();
  }

  Json Description() const override {
    Json description = GaussianNet::Description();
    description["phases"] = phases_.size();
    return description;
  }

 private:
  at::Tensor Refine(const at::Tensor& estimate, const at::Tensor& measurements) override {
    const at::Tensor phi = PhiAsSeen();
    at::Tensor x = estimate;
    for (const auto& phase : phases_) {
      const at::Tensor excess = at::linear(x.reshape({-1, kPixels}), phi) - measurements;
      x = phase->Denoise(x - (phase->step() * at::mm(excess, phi)).view(x.sizes()),
                         convolution_type_);
    }
    return x;
  }

  int64_t RefinementMacs() const override {
    int64_t macs = 0;
    for (const auto& phase : phases_)
      macs += phase->Macs(kPixels) + 2 * static_cast<int64_t>(measurement_shape().size()) * kPixels;
    return macs;
  }

  std::vector<std::shared_ptr<IstaPhase>> phases_;
};

Safetensors FromPublishedNames(const Safetensors& published, const std::string& file) {
  Safetensors renamed;
  RenamePhases(published, kPhases, kTail, file, renamed);
  return renamed;
}

}  // namespace

std::shared_ptr<PictureNet> MakeIstaNetPlus(const Json& description,
                                            uint64_t seed,
                                            const std::string& where) {
  const GaussianLayout layout = GaussianLayoutFromJson(description, where, {"phases"});
  const DescriptionReader reader(
      description, where, {"name", "measurements", "matrix_seed", "transposed", "phases"});
  return std::make_shared<IstaNetPlus>(
      layout, static_cast<int>(reader.Integer("phases", kPhases, 1, 64)), seed);
}

void RegisterIstaNetPlus(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "ista_net_plus";
  info.summary =
      "random Gaussian measurement of 33x33 blocks, nine unrolled shrinkage-thresholding phases";
  info.description =
      "y = Phi x; x0 = Qinit y, the linear least-squares estimate; nine phases r = x - lambda "
      "Phi'(Phi x - y), x = r + G(B(soft(F(D(r)), theta))) of 3x3 convolutions with 32 channels, "
      "lambda and theta learned for each phase. Published weights (safetensors with the PyTorch "
      "names module.fcs.0.conv_D, ...) work on row-major blocks and need their own \"matrix\" "
      "(the one for ReconNet, read as row-major) and \"initialisation\". Weights trained here "
      "belong to a seeded matrix, start from the closed-form linear estimate (fc, with a bias) "
      "and minimise the squared error alone: the paper's symmetry loss on F and B is left out. "
      "Gray; the channels of a colour picture are taken one by one.";
  info.source =
      "Zhang and Ghanem, ISTA-Net, CVPR 2018, arXiv 1706.07929, section 3.3; layers: "
      "jianzhangcs/ISTA-Net-PyTorch";
  RegisterGaussianNetMethod(methods,
                            std::move(info),
                            {.tensor = "module.fcs.0.conv_D",
                             .column_major = false,
                             .initialisation = true,
                             .rename = FromPublishedNames});
}

}  // namespace chaosense
