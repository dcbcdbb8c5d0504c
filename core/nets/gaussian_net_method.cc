#include "core/nets/gaussian_net_method.h"

#include <memory>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/blocks.h"
#include "core/nets/gaussian_net.h"
#include "core/nets/net_method.h"
#include "core/nets/weights.h"
#include "core/sensing/mat_file.h"
#include "core/sensing/measurement_matrix.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

at::Tensor ToTensor(const MatrixRowF& matrix) {
  return at::from_blob(const_cast<float*>(matrix.data()), {matrix.rows(), matrix.cols()}).clone();
}

// Variable `name` as it stands in the file.
MatrixRowF LoadMatrix(const std::filesystem::path& path, const char* name, int rows, int columns) {
  const MatMatrix matrix = LoadMatMatrix(path, name);
  if (matrix.rows != rows || matrix.columns != columns) {
    throw ConfigError("{}: {} is {} x {}, expected {} x {} at this rate",
                      path.string(),
                      name,
                      matrix.rows,
                      matrix.columns,
                      rows,
                      columns);
  }
  using MatrixRowD = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const MatrixRowD>(matrix.values.data(), rows, columns).cast<float>();
}

class GaussianNetMethod : public NetMethod {
 public:
  GaussianNetMethod(std::string name, const PublishedWeights& published, const Json& parameters)
      : name_(std::move(name)),
        published_(published),
        rate_(parameters["rate"].get<double>()),
        rows_(MeasurementCount(rate_, kN)),
        weights_(parameters["weights"].get<std::string>()),
        seed_(parameters["matrix_seed"].get<int64_t>()) {
    if (published.tensor != nullptr) matrix_ = parameters["matrix"].get<std::string>();
    if (published.initialisation) initialisation_ = parameters["initialisation"].get<std::string>();
  }

  Json Identity(const FitContext& context) const override {
    Json identity = NetMethod::Identity(context);
    if (matrix_ != "seeded") identity["matrix"] = ToHex(Sha256OfFile(DataPath(matrix_, context)));
    if (!initialisation_.empty())
      identity["initialisation"] = ToHex(Sha256OfFile(DataPath(initialisation_, context)));
    return identity;
  }

  void Fit(const FitContext& context) override {
    const std::filesystem::path file = WeightFile(context);
    const Safetensors content = ReadSafetensors(file);
    const MatrixRowF phi = Phi(context);
    Quantiser quantiser = UnpackQuantiser(content, static_cast<size_t>(rows_), file.string());
    if (quantiser.empty()) quantiser = BoundingQuantiser(phi);
    SetNet(published_.In(content) ? PublishedNet(content, file.string(), phi, context)
                                  : TrainedNet(content, file.string()),
           quantiser,
           context);
  }

  double ExactRate(int) const override { return static_cast<double>(rows_) / kN; }

 private:
  MatrixRowF Phi(const FitContext& context) const {
    if (matrix_ == "seeded") return OrthonormalGaussian(rows_, kN, static_cast<uint64_t>(seed_));
    const std::filesystem::path path = DataPath(matrix_, context);
    return published_.column_major ? LoadPeerMatrix(path, rows_, kN)
                                   : LoadMatrix(path, "phi", rows_, kN);
  }

  std::shared_ptr<PictureNet> PublishedNet(const Safetensors& content,
                                           const std::string& file,
                                           const MatrixRowF& phi,
                                           const FitContext& context) const {
    Safetensors renamed = published_.rename(content, file);
    if (published_.initialisation) {
      if (initialisation_.empty()) {
        throw ConfigError("{}: published weights need \"initialisation\", a .mat file with Qinit",
                          file);
      }
      const MatrixRowF start = LoadMatrix(DataPath(initialisation_, context), "Qinit", kN, rows_);
      renamed.tensors["fc.weight"] = PackTensor(ToTensor(start), TensorType::kF32);
      renamed.tensors["fc.bias"] = PackTensor(at::zeros({kN}), TensorType::kF32);
    }
    std::shared_ptr<PictureNet> net = MakeNet({{"name", name_},
                                               {"measurements", rows_},
                                               {"matrix_seed", -1},
                                               {"transposed", published_.column_major}},
                                              0,
                                              file);
    LoadParameters(*net, renamed, file);
    dynamic_cast<GaussianNet&>(*net).set_phi(ToTensor(phi));
    return net;
  }

  std::shared_ptr<PictureNet> TrainedNet(const Safetensors& content,
                                         const std::string& file) const {
    std::shared_ptr<PictureNet> net = UnpackNet(content, file);
    const Json trained = net->Description();
    if (trained["name"] != name_ || trained["measurements"] != rows_ || matrix_ != "seeded" ||
        trained["matrix_seed"] != seed_ || !initialisation_.empty()) {
      throw ConfigError(
          "{}: trained for {}; asked for {}, {} measurements, matrix \"{}\", matrix_seed {}{}",
          file,
          trained.dump(),
          name_,
          rows_,
          matrix_,
          seed_,
          initialisation_.empty() ? "" : ", initialisation \"" + initialisation_ + "\"");
    }
    return net;
  }

  std::filesystem::path WeightFile(const FitContext& context) const override {
    return PeerWeightsPath(weights_, name_, rows_, published_, context);
  }

  static std::filesystem::path DataPath(const std::string& path, const FitContext& context) {
    return ResolveDataPath(path, context.data != nullptr ? context.data->data_dir() : "");
  }

  std::string name_;
  PublishedWeights published_;
  double rate_;
  int rows_;
  std::string weights_;
  std::string matrix_ = "seeded";
  int64_t seed_;
  std::string initialisation_;
};

}  // namespace

void RegisterGaussianNetMethod(ReconstructorRegistry& methods,
                               PluginInfo info,
                               const PublishedWeights& published) {
  info.parameters = RateAndWeightsSchema(info.name);
  info.parameters["matrix_seed"] = {
      {"type", "integer"}, {"minimum", 0}, {"default", kDefaultMatrixSeed}};
  if (published.tensor != nullptr) {
    info.parameters["matrix"] = {
        {"type", "string"},
        {"default", "seeded"},
        {"description",
         fmt::format("\"seeded\", or a .mat file with variable phi for {}-major blocks (\"data:\" "
                     "begins a path inside the data folder)",
                     published.column_major ? "column" : "row")}};
  }
  if (published.initialisation) {
    info.parameters["initialisation"] = {
        {"type", "string"},
        {"default", ""},
        {"description",
         "for published weights: .mat file with variable Qinit, 1089 x measurements (\"data:\" "
         "begins a path inside the data folder)"}};
  }
  info.revision = 2;  // the quantiser of the weight file
  const std::string name = info.name;
  methods.Register(std::move(info), [name, published](const Json& parameters) {
    return std::make_unique<GaussianNetMethod>(name, published, parameters);
  });
}

}  // namespace chaosense
