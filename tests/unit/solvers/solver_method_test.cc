#include "core/solvers/solver_method.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/metrics/quality.h"
#include "core/solvers/register.h"
#include "core/solvers/solver_codes.h"

namespace chaosense {
namespace {

// Edges, a ramp and some texture; values within [0, 1].
ImageF TestPicture(Shape shape) {
  ImageF image(shape);
  for (int c = 0; c < shape.channels; ++c) {
    for (int y = 0; y < shape.height; ++y) {
      for (int x = 0; x < shape.width; ++x) {
        const bool inside = (x - 30) * (x - 30) + (y - 20 - 5 * c) * (y - 20 - 5 * c) < 250;
        image.at(c, y, x) = (inside ? 0.85f : 0.25f) + 0.002f * static_cast<float>(x) +
                            (x > 40 && y > 30 && (x / 3) % 2 == 0 ? -0.2f : 0.0f);
      }
    }
  }
  return image;
}

class SolverMethodTest : public ::testing::Test {
 protected:
  SolverMethodTest() { RegisterSolverMethods(methods_); }

  std::unique_ptr<Reconstructor> Fitted(const std::string& name,
                                        const Json& parameters,
                                        int threads = 1) {
    auto method = methods_.Create(name, parameters);
    FitContext context;
    context.threads = threads;
    method->Fit(context);
    return method;
  }

  ReconstructorRegistry methods_{"method"};
};

TEST_F(SolverMethodTest, EveryOperatorAndProtocolRecovers) {
  const ImageF picture = TestPicture({3, 50, 60});
  for (const Json& parameters : {Json{{"protocol", "block"}},
                                 Json{{"protocol", "image"}},
                                 Json{{"protocol", "image"}, {"operator", "dct"}},
                                 Json{{"protocol", "image"}, {"operator", "hadamard"}}}) {
    SCOPED_TRACE(parameters.dump());
    Json with_rate = parameters;
    with_rate["rate"] = 0.25;
    with_rate["max_iterations"] = 200;
    const auto method = Fitted("tval3", with_rate);
    const Codes<float> codes = method->Sense(picture);
    EXPECT_EQ(codes.block, (Shape{3, 1, 272}));
    EXPECT_EQ(codes.grid, (BlockGrid{2, 2}));
    const ImageF result = method->Reconstruct(codes, picture.shape);
    EXPECT_GT(Psnr(picture, result), 48);
    const Quantiser& quantiser = method->QuantiserFor(3);
    const ImageF received =
        method->Reconstruct(quantiser.Dequantise(quantiser.Quantise(codes)), picture.shape);
    EXPECT_GT(Psnr(picture, received), 43);  // 8 bits suffice for that
    EXPECT_DOUBLE_EQ(method->ExactRate(3), 272.0 / 1089);
  }
}

TEST_F(SolverMethodTest, ThreadsDoNotChangeTheResult) {
  const ImageF picture = TestPicture({1, 50, 60});
  for (const char* name : {"tval3", "nlr_cs", "damp"}) {
    for (const char* protocol : {"block", "image"}) {
      const Json parameters = {{"rate", 0.25}, {"protocol", protocol}, {"max_iterations", 2}};
      const auto one = Fitted(name, parameters, 1);
      const Codes<float> codes = one->Sense(picture);
      EXPECT_EQ(one->Reconstruct(codes, picture.shape),
                Fitted(name, parameters, 3)->Reconstruct(codes, picture.shape))
          << name << " " << protocol;
    }
  }
}

TEST_F(SolverMethodTest, TinyAndConstantPictures) {
  for (const char* name : {"tval3", "nlr_cs", "damp"}) {
    for (const float value : {0.0f, 1.0f}) {
      const ImageF pixel(Shape{1, 1, 1}, {value});
      const auto method = Fitted(
          name,
          {{"rate", 0.04}, {"protocol", "image"}, {"operator", "dct"}, {"max_iterations", 2}});
      const ImageF result = method->Reconstruct(method->Sense(pixel), pixel.shape);
      EXPECT_TRUE(std::isfinite(result.data[0])) << name;
      if (value == 0) {
        EXPECT_EQ(result.data[0], 0) << name;
      }
    }
  }
}

TEST_F(SolverMethodTest, ExclusiveParametersAreConfigErrors) {
  EXPECT_THROW(methods_.Create("tval3", {{"operator", "dct"}}), Error);
  EXPECT_THROW(
      methods_.Create("tval3", {{"operator", "dct"}, {"protocol", "image"}, {"matrix", "a.mat"}}),
      Error);
}

TEST_F(SolverMethodTest, MeasurementsThatAreNotFiniteAreAnError) {
  const ImageF picture = TestPicture({1, 33, 33});
  for (const char* name : {"tval3", "nlr_cs", "damp"}) {
    const auto method = Fitted(name, {{"rate", 0.1}});
    Codes<float> codes = method->Sense(picture);
    codes.values[3] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_THROW(method->Reconstruct(codes, picture.shape), Error) << name;
  }
}

// Measurements no picture can have, up to where their squares overflow: a solver may fail to
// recover anything, but gives finite values or an error, never others.
TEST_F(SolverMethodTest, AbsurdMeasurementsNeverGiveNan) {
  const ImageF picture = TestPicture({1, 33, 33});
  for (const char* name : {"tval3", "nlr_cs", "damp"}) {
    for (const float factor : {1e6f, 1e18f, 1e34f}) {
      const auto method = Fitted(name, {{"rate", 0.04}, {"max_iterations", 3}});
      Codes<float> codes = method->Sense(picture);
      for (float& v : codes.values) v *= factor;
      try {
        const ImageF result = method->Reconstruct(codes, picture.shape);
        EXPECT_TRUE(AllFinite(result.data)) << name << " " << factor;
      } catch (const Error&) {
        EXPECT_GT(factor, 1e6f) << name;
      }
    }
  }
}

std::filesystem::path LogPath() {
  return std::filesystem::temp_directory_path() /
         ("chaosense_solver_log_" + std::to_string(::getpid()));
}

TEST_F(SolverMethodTest, StopsAtTheLimitOrTheTolerance) {
  const ImageF picture = TestPicture({1, 33, 33});
  // A limit, and how many lines of the log it makes.
  for (const auto& [name, limit, lines] :
       {std::tuple{"tval3", 12, 12}, {"nlr_cs", 2, 30}, {"damp", 6, 6}}) {
    for (const bool tight : {true, false}) {
      const int factor = tight ? 1 : 25;
      const auto method = Fitted(name,
                                 {{"rate", 0.25},
                                  {"log", LogPath().string()},
                                  {"max_iterations", factor * limit},
                                  {"tolerance", tight ? 1e-12 : 0.9}});
      method->Reconstruct(method->Sense(picture), picture.shape);
      const std::string text = ReadTextFile(LogPath());
      std::filesystem::remove(LogPath());
      const auto count = std::ranges::count(text, '\n');
      if (tight) {
        EXPECT_EQ(count, lines) << name;
      } else {
        EXPECT_LT(count, factor * lines) << name;
      }
    }
  }
}

TEST_F(SolverMethodTest, LogHasALineAnIteration) {
  const std::filesystem::path path = LogPath();
  const ImageF picture = TestPicture({1, 33, 60});  // two blocks
  const auto method =
      Fitted("tval3", {{"rate", 0.25}, {"log", path.string()}, {"max_iterations", 7}});
  method->Reconstruct(method->Sense(picture), picture.shape);
  const std::string text = ReadTextFile(path);
  std::filesystem::remove(path);
  std::istringstream lines(text);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const Json one = Json::parse(line);
    EXPECT_EQ(one["recovery"], count / 7);
    EXPECT_EQ(one["iteration"], count % 7 + 1);
    EXPECT_GE(one["residual"].get<double>(), 0);
  }
  EXPECT_EQ(count, 14);
}

// Measurements come back as they were, the means through their own scale.
TEST(SolverCodes, AreLossless) {
  RandomStream random("codes");
  const std::vector<int64_t> groups = {4096, 64};
  std::vector<float> y(6 * 5);
  for (float& v : y) v = static_cast<float>(0.3 * random.Normal());
  y[0] = 0.7f * 64;
  y[1] = 0.001f * 8;
  Codes<float> codes{{2, 3}, {3, 1, 5}, std::vector<float>(6 * 3 * 5)};
  StoreMeasurements(y, groups, 1, codes);
  EXPECT_EQ(codes.values[15 + 5], y[5]);  // second block, second channel, first value
  const std::vector<float> back = LoadMeasurements(codes, groups, 1);
  for (size_t i = 0; i < y.size(); ++i) EXPECT_NEAR(back[i], y[i], 1e-5) << i;

  // A mean is quantised in even steps of 1 / 255.
  const Quantiser quantiser = QuantiserForScrambled(5, 3);
  for (const float mean : {0.0f, 0.1f, 0.5f, 0.93f, 1.0f}) {
    y[0] = mean * 64;
    StoreMeasurements(y, groups, 1, codes);
    const float received =
        LoadMeasurements(quantiser.Dequantise(quantiser.Quantise(codes)), groups, 1)[0] / 64;
    EXPECT_NEAR(received, mean, 0.5 / 255 + 1e-4);
  }
}

}  // namespace
}  // namespace chaosense
