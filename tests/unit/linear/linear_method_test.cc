#include "core/linear/linear_method.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/linear/register.h"
#include "core/metrics/quality.h"

namespace chaosense {
namespace {

MatrixRowF RandomMatrix(int rows, int columns, RandomStream& random) {
  MatrixRowF matrix(rows, columns);
  for (Eigen::Index i = 0; i < matrix.size(); ++i)
    matrix.data()[i] = static_cast<float>(random.Normal());
  return matrix;
}

// LMMSE is the regression of x on y: its error is uncorrelated with the measurements, (I - D Phi) C
// Phi' = 0.
TEST(LmmseDecoder, ErrorIsOrthogonalToTheMeasurements) {
  RandomStream random("lmmse");
  const MatrixRowF root = RandomMatrix(20, 20, random);
  const Eigen::MatrixXf covariance = root * root.transpose();
  const MatrixRowF phi = RandomMatrix(6, 20, random);
  const MatrixRowF decoder = LmmseDecoder(phi, covariance);
  const Eigen::MatrixXf residual =
      (Eigen::MatrixXf::Identity(20, 20) - decoder * phi) * covariance * phi.transpose();
  EXPECT_LT(residual.cwiseAbs().maxCoeff() / covariance.cwiseAbs().maxCoeff(), 1e-3f);
}

class LinearMethodTest : public ::testing::Test {
 protected:
  // Statistics of the generated set: no data folder needed.
  LinearMethodTest() : data_("", CHAOSENSE_SOURCE_DIR "/datasets") {
    RegisterLinearMethods(methods_, trainers_);
    context_.data = &data_;
    context_.fit_datasets = {"generated_train"};
  }

  std::unique_ptr<Reconstructor> Fitted(const std::string& name, double rate) {
    auto method = methods_.Create(name, {{"rate", rate}});
    method->Fit(context_);
    return method;
  }

  double MeanPsnr(const Reconstructor& method, ColorMode mode, bool quantised = false) {
    const Dataset set = data_.Load("generated_test", mode);
    double sum = 0;
    for (const NamedImage& image : set.images) {
      const ImageF original = ToFloat(image.pixels);
      Codes<float> codes = method.Sense(original);
      if (quantised) {
        const Quantiser& quantiser = method.QuantiserFor(original.shape.channels);
        codes = quantiser.Dequantise(quantiser.Quantise(codes));
      }
      sum += Psnr(original, method.Reconstruct(codes, original.shape));
    }
    return sum / static_cast<double>(set.images.size());
  }

  DataFolder data_;
  ReconstructorRegistry methods_{"method"};
  TrainerRegistry trainers_{"trainer"};
  FitContext context_;
};

TEST_F(LinearMethodTest, PcaBeatsRandomMeasurementAndMoreIsBetter) {
  for (const ColorMode mode : {ColorMode::kGray, ColorMode::kColor}) {
    const double pca = MeanPsnr(*Fitted("pca_lmmse", 0.10), mode);
    EXPECT_GT(pca, MeanPsnr(*Fitted("gaussian_lmmse", 0.10), mode) + 1);
    EXPECT_GT(MeanPsnr(*Fitted("pca_lmmse", 0.25), mode), pca + 1);
  }
}

TEST_F(LinearMethodTest, FullRateIsNearlyLossless) {
  EXPECT_GT(MeanPsnr(*Fitted("pca_lmmse", 1.0), ColorMode::kGray), 80);
  EXPECT_GT(MeanPsnr(*Fitted("pca_lmmse", 1.0), ColorMode::kColor), 80);
}

TEST_F(LinearMethodTest, EightBitsCostLittle) {
  for (const char* name : {"pca_lmmse", "gaussian_lmmse"}) {
    const auto method = Fitted(name, 0.10);
    EXPECT_NEAR(MeanPsnr(*method, ColorMode::kGray, true), MeanPsnr(*method, ColorMode::kGray), 0.2)
        << name;
  }
}

TEST_F(LinearMethodTest, ExactRatesAndShapes) {
  const auto method = Fitted("pca_lmmse", 0.25);
  EXPECT_DOUBLE_EQ(method->ExactRate(1), 272.0 / 1089);
  EXPECT_DOUBLE_EQ(method->ExactRate(3), 817.0 / 3267);
  const ImageF tiny(Shape{1, 1, 1});
  EXPECT_EQ(method->Reconstruct(method->Sense(tiny), tiny.shape).shape, tiny.shape);
}

TEST_F(LinearMethodTest, ModelFileGivesTheSameReconstruction) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() /
                                       ("chaosense_linear_test_" + std::to_string(::getpid()));
  SaveBlockStatistics(FitBlockStatistics(data_, {"generated_train"}), folder / kPcaModelFile);
  const double fitted = MeanPsnr(*Fitted("pca_lmmse", 0.25), ColorMode::kGray);
  context_.fit_datasets.clear();
  context_.model_dir = folder;
  EXPECT_NEAR(MeanPsnr(*Fitted("pca_lmmse", 0.25), ColorMode::kGray), fitted, 0.01);

  Bytes truncated = ReadFile(folder / kPcaModelFile);
  truncated.resize(truncated.size() / 2);
  WriteFileAtomically(folder / kPcaModelFile, truncated);
  EXPECT_THROW(Fitted("pca_lmmse", 0.25), Error);
  std::filesystem::remove_all(folder);
  EXPECT_THROW(Fitted("pca_lmmse", 0.25), Error);
}

}  // namespace
}  // namespace chaosense
