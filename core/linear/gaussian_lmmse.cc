// "gaussian_lmmse": random orthonormal Gaussian measurement, LMMSE reconstruction. The honest
// yardstick for every method with a random matrix.
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/blocks.h"
#include "core/linear/linear_method.h"
#include "core/linear/register.h"
#include "core/sensing/measurement_matrix.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

class GaussianLmmse : public Reconstructor {
 public:
  explicit GaussianLmmse(const Json& parameters)
      : rows_(MeasurementCount(parameters["rate"].get<double>(), kN)),
        matrix_(parameters["matrix"].get<std::string>()),
        seed_(parameters["matrix_seed"].get<uint64_t>()) {}

  Json Identity(const FitContext& context) const override {
    Json identity = StatisticsIdentity(context);
    if (matrix_ != "seeded") identity["matrix"] = ToHex(Sha256OfFile(MatrixPath(context)));
    return identity;
  }

  std::vector<std::filesystem::path> ModelFiles(const FitContext& context) const override {
    return StatisticsFiles(context);
  }

  void Fit(const FitContext& context) override {
    const BlockStatistics& statistics = StatisticsFor(context);
    if (matrix_ == "seeded") {
      phi_ = OrthonormalGaussian(rows_, kN, seed_);
    } else {
      phi_ = LoadPeerMatrix(MatrixPath(context), rows_, kN);
    }
    const Eigen::MatrixXf covariance = statistics.Covariance();
    decoder_ = LmmseDecoder(phi_, covariance);
    mean_ = statistics.mean;
    mean_y_ = phi_ * mean_;
    const Eigen::VectorXf variance = (phi_ * covariance).cwiseProduct(phi_).rowwise().sum();
    quantiser_ = QuantiserFromMoments(mean_y_, variance);
    color_quantiser_ = QuantiserFromMoments(mean_y_.replicate(3, 1), variance.replicate(3, 1));
  }

  double ExactRate(int) const override { return static_cast<double>(rows_) / kN; }

  Codes<float> Sense(const ImageF& image) const override {
    const std::vector<float> blocks = SplitBlocks(image);
    const BlockGrid grid = GridFor(image.shape.height, image.shape.width);
    Codes<float> codes{grid, Shape{image.shape.channels, 1, rows_}, {}};
    codes.values.resize(static_cast<size_t>(grid.count() * image.shape.channels * rows_));
    const Eigen::Index rows = grid.count() * image.shape.channels;
    Eigen::Map<MatrixRowF>(codes.values.data(), rows, rows_) =
        Eigen::Map<const MatrixRowF>(blocks.data(), rows, kN) * phi_.transpose();
    return codes;
  }

  ImageF Reconstruct(const Codes<float>& codes, Shape shape) const override {
    const Eigen::Index rows = codes.grid.count() * shape.channels;
    CHAOSENSE_CHECK(codes.values.size() == static_cast<size_t>(rows * rows_));
    std::vector<float> blocks(static_cast<size_t>(rows) * kN);
    const MatrixRowF centred =
        Eigen::Map<const MatrixRowF>(codes.values.data(), rows, rows_).rowwise() -
        mean_y_.transpose();
    Eigen::Map<MatrixRowF> estimate(blocks.data(), rows, kN);
    estimate = centred * decoder_.transpose();
    estimate.rowwise() += mean_.transpose();
    return MergeBlocks(blocks, shape);
  }

  const Quantiser& QuantiserFor(int channels) const override {
    return channels == 1 ? quantiser_ : color_quantiser_;
  }

  Cost cost(int channels) const override {
    const int64_t both = int64_t{rows_} * kN * 2;  // phi and the decoder
    return {both + kN, channels * both};
  }

 private:
  std::filesystem::path MatrixPath(const FitContext& context) const {
    return ResolveDataPath(matrix_, context.data->data_dir());
  }

  int rows_;
  std::string matrix_;
  uint64_t seed_;
  MatrixRowF phi_;      // m x n
  MatrixRowF decoder_;  // n x m
  Eigen::VectorXf mean_;
  Eigen::VectorXf mean_y_;
  Quantiser quantiser_;
  Quantiser color_quantiser_;
};

}  // namespace

void RegisterGaussianLmmse(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "gaussian_lmmse";
  info.summary =
      "random orthonormal Gaussian measurement of 33x33 blocks, closed-form linear reconstruction";
  info.description =
      "y = Phi x with m orthonormal Gaussian rows; x^ = mu + C Phi' (Phi C Phi')^-1 (y - Phi mu), "
      "mu and C fitted on "
      "fit_datasets (or taken from the committed model). No network trained on random Gaussian "
      "measurements should "
      "be below this row. Colour: each channel by itself, statistics of luminance.";
  info.source =
      "LMMSE estimator, e.g. Kay, Fundamentals of Statistical Signal Processing I (1993), eq. 12.6";
  info.parameters = {
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}},
      {"matrix",
       {{"type", "string"},
        {"default", "seeded"},
        {"description",
         "\"seeded\", or a .mat file with variable phi for column-major blocks "
         "(\"data:\" begins a path inside the data folder)"}}},
      {"matrix_seed", {{"type", "integer"}, {"minimum", 0}, {"default", kDefaultMatrixSeed}}}};
  methods.Register(std::move(info),
                   [](const Json& p) { return std::make_unique<GaussianLmmse>(p); });
}

}  // namespace chaosense
