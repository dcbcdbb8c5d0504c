// The method "reconnet": random Gaussian measurement, ReconNet reconstruction; weights of ours or
// the published ones.
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/nets/net_method.h"
#include "core/nets/reconnet_net.h"
#include "core/nets/register.h"
#include "core/nets/weights.h"
#include "core/sensing/measurement_matrix.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;
constexpr char kCaffeTensor[] = "fc1.0";  // only the published files have it
constexpr double kQuantiserMu = 100;      // as the linear methods

// The published tensors under our names.
Safetensors FromCaffeNames(const Safetensors& content, const std::string& file) {
  Safetensors renamed;
  renamed.tensors["fc.weight"] = content.At("fc1.0", file);
  renamed.tensors["fc.bias"] = content.At("fc1.1", file);
  for (int i = 1; i <= 6; ++i) {
    const std::string name = fmt::format("conv{}", i);
    renamed.tensors[name + ".weight"] = content.At(name + ".0", file);
    renamed.tensors[name + ".bias"] = content.At(name + ".1", file);
  }
  return renamed;
}

// Ranges that no block with pixels in [0, 1] can leave: y = Phi x lies within Phi 1/2 +- |Phi| 1/2.
Quantiser BoundingQuantiser(const MatrixRowF& phi) {
  const Eigen::VectorXf centre = 0.5f * phi.rowwise().sum();
  const Eigen::VectorXf half = 0.5f * phi.cwiseAbs().rowwise().sum();
  return Quantiser({centre.begin(), centre.end()}, {half.begin(), half.end()}, kQuantiserMu);
}

class Reconnet : public NetMethod {
 public:
  explicit Reconnet(const Json& parameters)
      : rate_(parameters["rate"].get<double>()),
        rows_(MeasurementCount(rate_, kN)),
        weights_(parameters["weights"].get<std::string>()),
        matrix_(parameters["matrix"].get<std::string>()),
        seed_(parameters["matrix_seed"].get<int64_t>()) {}

  Json Identity(const FitContext& context) const override {
    Json identity = {{"weights", ToHex(Sha256OfFile(Path(context)))}};
    if (matrix_ != "seeded") identity["matrix"] = ToHex(Sha256OfFile(MatrixPath(context)));
    return identity;
  }

  void Fit(const FitContext& context) override {
    const std::filesystem::path path = Path(context);
    const Safetensors content = ReadSafetensors(path);
    const bool published = content.tensors.contains(kCaffeTensor);
    const MatrixRowF phi = matrix_ == "seeded"
                               ? OrthonormalGaussian(rows_, kN, static_cast<uint64_t>(seed_))
                               : LoadPeerMatrix(MatrixPath(context), rows_, kN);
    std::shared_ptr<BlockNet> net;
    if (published) {
      auto reconnet = std::make_shared<ReconnetNet>(
          ReconnetLayout{rows_, /*matrix_seed=*/-1, /*transposed=*/true}, 0);
      LoadParameters(*reconnet, FromCaffeNames(content, path.string()), path.string());
      reconnet->set_phi(at::from_blob(const_cast<float*>(phi.data()), {rows_, kN}));
      net = reconnet;
    } else {
      net = UnpackNet(content, path.string());
      const Json trained = net->Description();
      if (trained["name"] != "reconnet" || trained["measurements"] != rows_ ||
          matrix_ != "seeded" || trained["matrix_seed"] != seed_) {
        throw ConfigError(
            "{}: trained for {}; asked for {} measurements, matrix \"{}\", matrix_seed {}",
            path.string(),
            trained.dump(),
            rows_,
            matrix_,
            seed_);
      }
    }
    SetNet(std::move(net), BoundingQuantiser(phi), context);
  }

  double ExactRate(int) const override { return static_cast<double>(rows_) / kN; }

 private:
  std::filesystem::path Path(const FitContext& context) const {
    const std::string stem = fmt::format("reconnet_{}", rows_);
    return WeightsPath(
        weights_,
        stem + ".safetensors",
        fmt::format(
            "train it: chaosense train configs/train/{}.json, or give the published weights", stem),
        context);
  }
  std::filesystem::path MatrixPath(const FitContext& context) const {
    return ResolveDataPath(matrix_, context.data != nullptr ? context.data->data_dir() : "");
  }

  double rate_;
  int rows_;
  std::string weights_;
  std::string matrix_;
  int64_t seed_;
};

}  // namespace

void RegisterReconnet(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "reconnet";
  info.summary =
      "random Gaussian measurement of 33x33 blocks, convolutional reconstruction (CVPR 2016)";
  info.description =
      "y = Phi x; fully connected layer to 33x33; twice {11x11 convolution to 64 channels, 1x1 to "
      "32, 7x7 to 1}, ReLU "
      "between. Published weights (safetensors with the caffe names fc1.0, conv1.0, ...) work on "
      "column-major blocks and "
      "need their own matrix; weights trained here belong to a seeded matrix and start from the "
      "closed-form linear "
      "estimate. Gray; the channels of a colour picture are taken one by one. No denoiser follows.";
  info.source =
      "Kulkarni, Lohit, Turaga, Kerviche, Ashok, CVPR 2016, arXiv 1601.06892; layers: "
      "KuldeepKulkarni/ReconNet, "
      "train/ReconNet_arch.prototxt";
  info.parameters = {
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}},
      {"weights",
       {{"type", "string"},
        {"default", "auto"},
        {"description",
         "safetensors file; \"auto\": results/models/reconnet_<measurements>.safetensors; "
         "\"data:\" begins a path inside the data folder"}}},
      {"matrix",
       {{"type", "string"},
        {"default", "seeded"},
        {"description",
         "\"seeded\", or a .mat file with variable phi for column-major blocks "
         "(\"data:\" begins a path inside the data folder)"}}},
      {"matrix_seed", {{"type", "integer"}, {"minimum", 0}, {"default", 0}}}};
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<Reconnet>(p); });
}

}  // namespace chaosense
