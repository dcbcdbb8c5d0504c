#include "core/nets/learned_net_method.h"

#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/image/blocks.h"
#include "core/nets/net_method.h"
#include "core/nets/weights.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

// What the network measures of each pixel: its measurements are linear, of gray blocks.
MatrixRowF SensingMatrix(PictureNet& net) {
  const torch::NoGradGuard no_grad;
  const at::Tensor pixels = at::eye(kN).view({kN, 1, kBlockSize, kBlockSize});
  const at::Tensor offset = net.Sense(at::zeros({1, 1, kBlockSize, kBlockSize}));
  const at::Tensor phi =
      (net.Sense(pixels) - offset).reshape({kN, -1}).t().contiguous();  // [measurements, 1089]
  return Eigen::Map<const MatrixRowF>(phi.data_ptr<float>(), phi.size(0), kN);
}

class LearnedNetMethod : public NetMethod {
 public:
  LearnedNetMethod(std::string name, const PublishedWeights& published, const Json& parameters)
      : name_(std::move(name)),
        published_(published),
        rows_(MeasurementCount(parameters["rate"].get<double>(), kN)),
        weights_(parameters["weights"].get<std::string>()) {}

  void Fit(const FitContext& context) override {
    const std::string file = WeightFile(context).string();
    const Safetensors content = ReadSafetensors(file);
    std::shared_ptr<PictureNet> net;
    if (published_.In(content)) {
      net = MakeNet({{"name", name_}, {"measurements", rows_}}, 0, file);
      LoadParameters(*net, published_.rename(content, file), file);
    } else {
      net = UnpackNet(content, file);
    }
    const Json trained = net->Description();
    if (trained["name"] != name_ || trained["measurements"] != rows_) {
      throw ConfigError(
          "{}: trained for {}; asked for {}, {} measurements", file, trained.dump(), name_, rows_);
    }
    Quantiser quantiser = UnpackQuantiser(content, static_cast<size_t>(rows_), file);
    if (quantiser.empty()) quantiser = BoundingQuantiser(SensingMatrix(*net));
    SetNet(std::move(net), quantiser, context);
  }

  double ExactRate(int) const override { return static_cast<double>(rows_) / kN; }

 private:
  std::filesystem::path WeightFile(const FitContext& context) const override {
    return PeerWeightsPath(weights_, name_, rows_, published_, context);
  }

  std::string name_;
  PublishedWeights published_;
  int rows_;
  std::string weights_;
};

}  // namespace

void RegisterLearnedNetMethod(ReconstructorRegistry& methods,
                              PluginInfo info,
                              const PublishedWeights& published) {
  info.parameters = RateAndWeightsSchema(info.name);
  const std::string name = info.name;
  methods.Register(std::move(info), [name, published](const Json& parameters) {
    return std::make_unique<LearnedNetMethod>(name, published, parameters);
  });
}

}  // namespace chaosense
