#include "core/solvers/damp.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/metrics/quality.h"
#include "core/solvers/block_operator.h"
#include "core/solvers/register.h"

namespace chaosense {
namespace {

// Smooth with an edge, pixels 0..1.
ImageF Picture(int side) {
  ImageF image(Shape{1, side, side});
  for (int r = 0; r < side; ++r) {
    for (int c = 0; c < side; ++c) {
      image.at(0, r, c) = r + 2 * c < side ? 0.3f + 0.002f * static_cast<float>(r) : 0.8f;
    }
  }
  return image;
}

class DampTest : public ::testing::Test {
 protected:
  DampTest() { RegisterSolverMethods(methods_); }

  double PsnrOf(Json parameters, const ImageF& image) {
    const auto method = methods_.Create("damp", parameters);
    method->Fit({});
    return Psnr(image, method->Reconstruct(method->Sense(image), image.shape));
  }

  ReconstructorRegistry methods_{"method"};
};

// Every operator and denoiser recovers a simple picture from a quarter of its pixels; the start
// alone, or A'y, is below 25 dB.
TEST_F(DampTest, RecoversASimplePicture) {
  const ImageF image = Picture(66);
  for (const char* op : {"gaussian", "dct", "hadamard"}) {
    EXPECT_GT(PsnrOf({{"denoiser", "dct"}, {"operator", op}, {"protocol", "image"}}, image), 33)
        << op;
  }
  for (const char* denoiser : {"bm3d", "bm3d_fast", "dct"}) {
    EXPECT_GT(PsnrOf({{"denoiser", denoiser}, {"max_iterations", 12}}, image), 33) << denoiser;
  }
}

TEST_F(DampTest, ColourIsRecoveredChannelByChannel) {
  const ImageF gray = Picture(33);
  ImageF colour(Shape{3, 33, 33});
  for (size_t i = 0; i < colour.data.size(); ++i) {
    colour.data[i] = gray.data[i % gray.data.size()];
  }
  EXPECT_NEAR(PsnrOf({{"denoiser", "dct"}}, colour), PsnrOf({{"denoiser", "dct"}}, gray), 1e-6);
}

// With all measurements taken A is a rotation: y determines x.
TEST_F(DampTest, FullRate) {
  EXPECT_GT(PsnrOf({{"denoiser", "dct"}, {"rate", 1.0}}, Picture(33)), 45);
}

// Ten measurements of 1089 are too few for message passing: the safeguards keep the result near
// the start or better. From a single measurement it is at least finite (Psnr would be NaN).
TEST_F(DampTest, SurvivesTheLowestRates) {
  const ImageF image = Picture(66);
  const double black = Psnr(image, ImageF(image.shape));
  for (const double damping : {0.0, 0.5}) {
    for (const double rate : {0.04, 0.01}) {
      const Json zero = {{"denoiser", "dct"}, {"rate", rate}, {"damping", damping}};
      EXPECT_GT(PsnrOf(zero, image), black - 0.5) << rate;
      Json means = zero;
      means["start"] = "means";
      EXPECT_GT(PsnrOf(means, image), black + 5) << rate;
    }
    EXPECT_GT(PsnrOf({{"denoiser", "dct"}, {"rate", 0.001}, {"damping", damping}}, image), 0);
  }
}

// The returned estimate has the smallest residual of the log, and the residual is that of the
// measurements.
TEST(RunDamp, ReturnsTheBestOfItsLog) {
  const BlockOperator op(std::make_shared<const MatrixRowF>(OrthonormalGaussian(109, 1089, 0)),
                         {1, 1});
  const ImageF image = Picture(33);
  std::vector<float> x = image.data;
  for (float& v : x) v *= 255;
  std::vector<float> y(109);
  op.Apply(x, y);
  Trace trace;
  const std::vector<float> result = RunDamp(op, y, *MakeDenoiser("dct"), {}, 1, trace);
  double best = INFINITY;
  for (const Iteration& one : trace.iterations) best = std::min(best, one.residual);
  std::vector<float> of_result(109);
  op.Apply(result, of_result);
  double residual = 0;
  for (size_t i = 0; i < y.size(); ++i) residual += std::pow(double{y[i]} - of_result[i], 2);
  EXPECT_NEAR(std::sqrt(residual), best, 1e-3 * best);
  EXPECT_EQ(trace.iterations.size(), 30u);
}

// "raw" takes the noise of r = A'y for sqrt(n / m) times what it is.
TEST(RunDamp, UnitColumnsScaleTheNoise) {
  const BlockOperator op(std::make_shared<const MatrixRowF>(OrthonormalGaussian(109, 1089, 0)),
                         {1, 1});
  std::vector<float> x = Picture(33).data;
  for (float& v : x) v *= 255;
  std::vector<float> y(109);
  op.Apply(x, y);
  double energy = 0;
  for (const float v : y) energy += double{v} * v;
  DampOptions options;
  options.max_iterations = 1;
  for (const bool unit : {true, false}) {
    options.unit_columns = unit;
    Trace trace;
    RunDamp(op, y, *MakeDenoiser("dct"), options, 1, trace);
    EXPECT_NEAR(trace.iterations.at(0).objective,
                std::sqrt(energy / 109 * (unit ? 1089.0 / 109 : 1.0)),
                1e-2);
  }
}

TEST(RunDamp, ThreadsChangeNoBit) {
  const BlockOperator op(std::make_shared<const MatrixRowF>(OrthonormalGaussian(272, 1089, 0)),
                         {2, 2});
  std::vector<float> x = Picture(66).data;
  for (float& v : x) v *= 255;
  std::vector<float> y(static_cast<size_t>(op.measurements()));
  op.Apply(x, y);
  DampOptions options;
  options.max_iterations = 4;
  Trace first;
  Trace second;
  const auto denoiser = MakeDenoiser("bm3d");
  EXPECT_EQ(RunDamp(op, y, *denoiser, options, 1, first),
            RunDamp(op, y, *denoiser, options, 3, second));
}

TEST(RunDamp, ZeroMeasurementsGiveZero) {
  const BlockOperator op(std::make_shared<const MatrixRowF>(OrthonormalGaussian(43, 1089, 0)),
                         {1, 1});
  Trace trace;
  const std::vector<float> result =
      RunDamp(op, std::vector<float>(43), *MakeDenoiser("bm3d"), {}, 1, trace);
  for (const float v : result) EXPECT_EQ(v, 0);
}

TEST(MakeDenoiser, NamesTheKnownOnes) { EXPECT_THROW(MakeDenoiser("bm4d"), Error); }

}  // namespace
}  // namespace chaosense
