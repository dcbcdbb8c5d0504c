// The method "klt_net": the network of this project.
#include <algorithm>

#include "core/base/error.h"
#include "core/nets/klt_net.h"
#include "core/nets/net_method.h"
#include "core/nets/register.h"
#include "core/nets/weights.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

class KltMethod : public NetMethod {
 public:
  explicit KltMethod(const Json& parameters)
      : rows_(MeasurementCount(parameters["rate"].get<double>(), kN)),
        size_(parameters["size"].get<std::string>()),
        weights_(parameters["weights"].get<std::string>()),
        bf16_(parameters["precision"] == "bf16"),
        repeats_edge_(parameters["padding"] == "edge") {}

  void Fit(const FitContext& context) override {
    const std::filesystem::path path = WeightFile(context);
    const Safetensors content = ReadSafetensors(path);
    const std::shared_ptr<PictureNet> net = UnpackNet(content, path.string());
    const std::vector<int> counts = net->measurement_counts();
    if (net->Description()["name"] != "klt_net" || counts.front() < rows_) {
      throw ConfigError("{}: holds {}, this rate needs a klt_net of {} measurements or more",
                        path.string(),
                        net->Description().dump(),
                        rows_);
    }
    const Quantiser quantiser =
        UnpackQuantiser(content, static_cast<size_t>(counts.front()), path.string());
    if (quantiser.empty()) throw ConfigError("{}: holds no quantiser", path.string());
    net->set_measurement_count(rows_);
    net->set_convolution_type(bf16_ ? at::kBFloat16 : at::kFloat);
    SetNet(net, quantiser.Truncated(static_cast<size_t>(rows_)), context);
  }

  double ExactRate(int) const override { return static_cast<double>(rows_) / kN; }

  bool RepeatsEdge() const override { return repeats_edge_; }

 private:
  std::filesystem::path WeightFile(const FitContext& context) const override {
    const std::string stem = fmt::format("klt_net_{}_{}", size_, rows_);
    return WeightsPath(weights_,
                       stem + ".safetensors",
                       "train it: chaosense train configs/train/" + stem + ".json",
                       context);
  }

  int rows_;
  std::string size_;
  std::string weights_;
  bool bf16_;
  bool repeats_edge_;
};

}  // namespace

void RegisterKltNet(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "klt_net";
  info.summary = "ours: learned sensing started from PCA, whole-picture unrolled reconstruction";
  info.description =
      "y = Phi (block - 0.5): m rows of a learned 33x33-block operator, which starts from "
      "principal "
      "components. The reconstruction starts from the closed-form estimate of every block and "
      "refines the whole "
      "picture (no borders between blocks) in unrolled phases of 3x3 convolutions on cells of 3x3 "
      "pixels; each later phase sees what the measurements still miss, Psi'(y - Phi x). Trained "
      "through the 8-bit quantiser. Weights may serve several rates (the first rows of one "
      "operator, gates and step by rate); those that come with the project are one file a rate. "
      "Colour: each channel by itself.";
  info.source =
      "this project (core/nets/klt_net.h); ingredients: learned block sensing, Shi et al. "
      "(CSNet, 2017); unrolled data consistency, Zhang and Ghanem (ISTA-Net, CVPR 2018)";
  info.parameters = {
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}},
      {"size",
       {{"type", "string"},
        {"default", "small"},
        {"description", "which of the weights: klt_net_<size>_<measurements>, small or your own"}}},
      {"weights",
       {{"type", "string"},
        {"default", "auto"},
        {"description",
         "safetensors file; \"auto\": results/models/klt_net_<size>_<measurements>.safetensors"}}},
      {"padding",
       {{"type", "string"},
        {"enum", {"edge", "zeros"}},
        {"default", "edge"},
        {"description",
         "of pictures whose sides are no multiples of 33: their last pixels again, or zeros as with "
         "the other methods, whose edge is hard to measure"}}},
      {"precision",
       {{"type", "string"},
        {"enum", {"float", "bf16"}},
        {"default", "float"},
        {"description",
         "of the convolutions; bf16 is several times faster where the processor has it"}}}};
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<KltMethod>(p); });
}

}  // namespace chaosense
