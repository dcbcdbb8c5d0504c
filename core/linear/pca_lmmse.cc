// "pca_lmmse": the best linear sensing of 33 x 33 blocks. Its LMMSE decoder is the transposed
// basis, so one fitted basis serves every rate.
#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/image/blocks.h"
#include "core/linear/linear_method.h"
#include "core/linear/register.h"
#include "core/sensing/rate.h"

namespace chaosense {
namespace {

constexpr int kN = kBlockSize * kBlockSize;

// A colour coefficient: colour component and spatial basis vector.
struct Pair {
  int component;
  int vector;
};

class PcaLmmse : public Reconstructor {
 public:
  explicit PcaLmmse(const Json& parameters)
      : gray_rows_(MeasurementCount(parameters["rate"].get<double>(), kN)),
        color_rows_(MeasurementCount(parameters["rate"].get<double>(), 3 * kN)) {}

  Json Identity(const FitContext& context) const override { return StatisticsIdentity(context); }

  std::vector<std::filesystem::path> ModelFiles(const FitContext& context) const override {
    return StatisticsFiles(context);
  }

  void Fit(const FitContext& context) override {
    statistics_ = &StatisticsFor(context);
    gray_basis_ = statistics_->basis.topRows(gray_rows_);
    gray_mean_ = gray_basis_ * statistics_->mean;
    gray_quantiser_ = QuantiserFromMoments(gray_mean_, statistics_->variance.head(gray_rows_));

    // The color_rows_ pairs of largest variance; ties by position, so that every machine picks the
    // same.
    const MatrixRowF& variance = statistics_->color_variance;
    std::vector<int> order(3 * kN);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
      return variance.data()[a] > variance.data()[b];
    });
    order.resize(static_cast<size_t>(color_rows_));
    Eigen::VectorXf mean(color_rows_);
    Eigen::VectorXf spread(color_rows_);
    pairs_.clear();
    for (int i = 0; i < color_rows_; ++i) {
      const int k = order[static_cast<size_t>(i)];
      pairs_.push_back({k / kN, k % kN});
      mean[i] = statistics_->color_mean.data()[k];
      spread[i] = variance.data()[k];
    }
    color_quantiser_ = QuantiserFromMoments(mean, spread);
  }

  double ExactRate(int channels) const override {
    return channels == 1 ? static_cast<double>(gray_rows_) / kN
                         : static_cast<double>(color_rows_) / (3 * kN);
  }

  Codes<float> Sense(const ImageF& image) const override {
    const BlockGrid grid = GridFor(image.shape.height, image.shape.width);
    const std::vector<float> blocks = SplitBlocks(image);
    const int rows = image.shape.channels == 1 ? gray_rows_ : color_rows_;
    Codes<float> codes{
        grid, Shape{1, 1, rows}, std::vector<float>(static_cast<size_t>(grid.count() * rows))};
    Eigen::Map<MatrixRowF> y(codes.values.data(), grid.count(), rows);
    if (image.shape.channels == 1) {
      y = Eigen::Map<const MatrixRowF>(blocks.data(), grid.count(), kN) * gray_basis_.transpose();
      return codes;
    }
    for (int b = 0; b < grid.count(); ++b) {
      const Eigen::Map<const MatrixRowF> rgb(&blocks[static_cast<size_t>(b) * 3 * kN], 3, kN);
      const MatrixRowF coefficients =
          statistics_->color_basis * rgb * statistics_->basis.transpose();
      for (int i = 0; i < rows; ++i) {
        const Pair pair = pairs_[static_cast<size_t>(i)];
        y(b, i) = coefficients(pair.component, pair.vector);
      }
    }
    return codes;
  }

  ImageF Reconstruct(const Codes<float>& codes, Shape shape) const override {
    const int count = codes.grid.count();
    const int rows = shape.channels == 1 ? gray_rows_ : color_rows_;
    CHAOSENSE_CHECK(codes.values.size() == static_cast<size_t>(count * rows));
    const Eigen::Map<const MatrixRowF> y(codes.values.data(), count, rows);
    std::vector<float> blocks(static_cast<size_t>(count * shape.channels) * kN);
    if (shape.channels == 1) {
      Eigen::Map<MatrixRowF> x(blocks.data(), count, kN);
      x = (y.rowwise() - gray_mean_.transpose()) * gray_basis_;
      x.rowwise() += statistics_->mean.transpose();
      return MergeBlocks(blocks, shape);
    }
    for (int b = 0; b < count; ++b) {
      MatrixRowF coefficients = statistics_->color_mean;  // what was not measured takes its mean
      for (int i = 0; i < rows; ++i) {
        const Pair pair = pairs_[static_cast<size_t>(i)];
        coefficients(pair.component, pair.vector) = y(b, i);
      }
      Eigen::Map<MatrixRowF>(&blocks[static_cast<size_t>(b) * 3 * kN], 3, kN) =
          statistics_->color_basis.transpose() * coefficients * statistics_->basis;
    }
    return MergeBlocks(blocks, shape);
  }

  const Quantiser& QuantiserFor(int channels) const override {
    return channels == 1 ? gray_quantiser_ : color_quantiser_;
  }

  Cost cost(int channels) const override {
    if (channels == 1) return {int64_t{gray_rows_} * kN + kN, int64_t{gray_rows_} * kN * 2};
    // All coefficients of the three components, both ways: picking the few comes between.
    const int64_t of_colors = int64_t{9} * kN, of_pixels = int64_t{3} * kN * kN;
    return {int64_t{kN} * kN + 9 + 3 * kN, 2 * (of_colors + of_pixels)};
  }

 private:
  int gray_rows_;
  int color_rows_;
  const BlockStatistics* statistics_ = nullptr;
  MatrixRowF gray_basis_;
  Eigen::VectorXf gray_mean_;
  Quantiser gray_quantiser_;
  std::vector<Pair> pairs_;
  Quantiser color_quantiser_;
};

}  // namespace

void RegisterPcaLmmse(ReconstructorRegistry& methods) {
  PluginInfo info;
  info.name = "pca_lmmse";
  info.summary =
      "PCA (Karhunen-Loeve) measurement of 33x33 blocks, closed-form linear reconstruction; any "
      "rate";
  info.description =
      "Measures the m leading principal components of a block and reconstructs linearly: no linear "
      "scheme with the "
      "same number of measurements has a smaller mean square error on the fitted statistics. "
      "Fitted on fit_datasets, or "
      "taken from the committed model. Colour: a 3x3 colour PCA, then the gray blocks' basis for "
      "each component; the "
      "(component, vector) pairs of largest variance are measured.";
  info.source = "Karhunen-Loeve transform; closed form, no training";
  info.parameters = {
      {"rate", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}, {"default", 0.25}}}};
  methods.Register(std::move(info), [](const Json& p) { return std::make_unique<PcaLmmse>(p); });
}

}  // namespace chaosense
