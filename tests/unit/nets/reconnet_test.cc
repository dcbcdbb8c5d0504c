#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"
#include "core/nets/gaussian_net.h"
#include "core/nets/register.h"
#include "core/nets/weights.h"
#include "core/sensing/measurement_matrix.h"
#include "tests/unit/nets/test_pictures.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::shared_ptr<BlockNet> Reconnet(const Json& description, uint64_t seed) {
  Json full = {{"name", "reconnet"}};
  full.update(description);
  return std::dynamic_pointer_cast<BlockNet>(MakeNet(full, seed, "test"));
}

// 25 million multiply-accumulates a block at 0.25: 22.9 thousand convolution weights on 1089
// pixels, fc 272 x 1089.
TEST(Reconnet, Size) {
  const auto net = Reconnet({{"measurements", 272}}, 0);
  const int64_t convolutions = 2 * (11 * 11 * 64 + 64 * 32 + 7 * 7 * 32);
  EXPECT_EQ(ParameterCount(*net), convolutions + 2 * (64 + 32 + 1) + 272 * 1089 + 1089);
  EXPECT_EQ(net->MacsPerBlock(), convolutions * 1089 + 2 * 272 * 1089);
}

TEST(Reconnet, MeasuresWithTheSeededMatrix) {
  const torch::NoGradGuard no_grad;
  const auto net = Reconnet({{"measurements", 10}, {"matrix_seed", 5}}, 0);
  const at::Tensor x = at::rand({1, 1, 33, 33});
  const at::Tensor y = net->Encode(x).contiguous();
  const MatrixRowF phi = OrthonormalGaussian(10, 1089, 5);
  const Eigen::VectorXf expected =
      phi * Eigen::Map<const Eigen::VectorXf>(x.data_ptr<float>(), 1089);
  for (int i = 0; i < 10; ++i) EXPECT_NEAR(y[0][i].item<float>(), expected[i], 1e-4);
}

TEST(Reconnet, TransposedNetWorksOnTransposedPictures) {
  const torch::NoGradGuard no_grad;
  const Json description = {{"measurements", 10}, {"matrix_seed", -1}};
  const auto upright = Reconnet(description, 4);
  Json turned = description;
  turned["transposed"] = true;
  const auto transposed = Reconnet(turned, 4);
  const at::Tensor y = at::rand({2, 10});
  EXPECT_TRUE(at::equal(upright->Decode(y).transpose(2, 3), transposed->Decode(y)));
}

TEST(Reconnet, WeightsOfAnotherMatrixAreRefused) {
  const auto net = Reconnet({{"measurements", 10}, {"matrix_seed", 1}}, 0);
  const fs::path folder = fs::path(testing::TempDir()) / "reconnet";
  WriteSafetensors(folder / "reconnet_10.safetensors", PackNet(*net, TensorType::kF32));
  ReconstructorRegistry registry("method");
  RegisterNetMethods(registry);
  FitContext context;
  context.model_dir = folder;
  context.device = "cpu";
  EXPECT_NO_THROW(registry.Create("reconnet", {{"rate", 0.01}, {"matrix_seed", 1}})->Fit(context));
  try {
    registry.Create("reconnet", {{"rate", 0.01}, {"matrix_seed", 2}})->Fit(context);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("matrix_seed 2"));
  }
}

// The method at 0.01 with these weights.
std::unique_ptr<Reconstructor> Fitted(const Safetensors& content) {
  const fs::path folder = fs::path(testing::TempDir()) / "reconnet_fitted";
  WriteSafetensors(folder / "reconnet_10.safetensors", content);
  ReconstructorRegistry registry("method");
  RegisterNetMethods(registry);
  FitContext context;
  context.model_dir = folder;
  context.device = "cpu";
  auto method = registry.Create("reconnet", {{"rate", 0.01}});
  method->Fit(context);
  return method;
}

// Colour: each channel by itself, and no reachable block clips in the quantiser.
TEST(Reconnet, ColorIsThreeGrays) {
  const auto net = Reconnet({{"measurements", 10}}, 0);
  const auto method = Fitted(PackNet(*net, TensorType::kF32));
  const ImageF color = SmoothPicture(3, 40, 33, 2);
  const Codes<float> codes = method->Sense(color);
  EXPECT_EQ(codes.block, (Shape{3, 1, 10}));
  const ImageF back = method->Reconstruct(codes, color.shape);
  for (int c = 0; c < 3; ++c) {
    const size_t plane = 40 * 33;
    const ImageF gray(
        Shape{1, 40, 33},
        std::vector<float>(color.data.begin() + static_cast<ptrdiff_t>(c * plane),
                           color.data.begin() + static_cast<ptrdiff_t>((c + 1) * plane)));
    const ImageF alone = method->Reconstruct(method->Sense(gray), gray.shape);
    for (size_t i = 0; i < plane; ++i) ASSERT_NEAR(back.data[c * plane + i], alone.data[i], 1e-5);
  }
  const Quantiser& quantiser = method->QuantiserFor(3);
  ASSERT_EQ(quantiser.centre().size(), 30u);
  for (size_t i = 0; i < codes.values.size(); ++i) {
    EXPECT_LE(std::abs(codes.values[i] - quantiser.centre()[i % 30]),
              quantiser.half_range()[i % 30]);
  }
  EXPECT_DOUBLE_EQ(method->ExactRate(3), 10.0 / 1089);
  // Three pictures are three times the work of one, by the same numbers, the matrix among them.
  EXPECT_EQ(method->cost(1).macs_per_block, net->MacsPerBlock());
  EXPECT_EQ(method->cost(3).macs_per_block, 3 * net->MacsPerBlock());
  EXPECT_EQ(method->cost(1).parameters, ParameterCount(*net) + 10 * 1089);
  EXPECT_EQ(method->cost(3).parameters, method->cost(1).parameters);
}

// Trained through a quantiser, used with it.
TEST(Reconnet, TheQuantiserOfTheFileIsUsed) {
  Safetensors content = PackNet(*Reconnet({{"measurements", 10}}, 0), TensorType::kF32);
  const Quantiser quantiser(
      std::vector<float>(10, 0.25f), std::vector<float>(10, 2.0f), std::vector<double>(10, 30));
  PackQuantiser(quantiser, content);
  const auto method = Fitted(content);
  EXPECT_EQ(method->QuantiserFor(1).half_range(), quantiser.half_range());
  EXPECT_EQ(method->QuantiserFor(1).mu(), quantiser.mu());
}

// The authors' released networks through our module: PSNR (unclipped float) of every Set11 picture
// at 0.25, 0.10, 0.04, 0.01. Expected values: the released caffe models run with OpenCV's dnn on
// the same pictures; they agree with the paper's Table 1 (25.54, 22.68, 19.99, 17.27).
TEST(ReconnetGolden, ReleasedWeightsOnSet11) {
  const char* data = std::getenv("CHAOSENSE_DATA");
  if (data == nullptr)
    GTEST_SKIP() << "ReconNet's released weights on Set11 (CHAOSENSE_DATA is not set)";
  const std::map<std::string, std::array<double, 4>> expected = {
      {"Monarch", {24.32, 21.11, 18.19, 15.39}},
      {"Parrots", {25.59, 22.63, 20.27, 17.63}},
      {"barbara", {23.25, 21.89, 20.38, 18.61}},
      {"boats", {27.30, 24.15, 21.37, 18.49}},
      {"cameraman", {23.15, 21.28, 19.26, 17.11}},
      {"fingerprint", {25.57, 20.75, 16.91, 14.82}},
      {"flinstones", {22.45, 18.92, 16.30, 13.96}},
      {"foreman", {29.47, 27.09, 23.72, 20.04}},
      {"house", {28.46, 25.69, 22.58, 19.31}},
      {"lena256", {26.54, 23.83, 21.28, 17.87}},
      {"peppers256", {24.77, 22.15, 19.56, 16.82}}};
  const std::array<std::pair<double, const char*>, 4> rates = {
      {{0.25, "0_25"}, {0.10, "0_10"}, {0.04, "0_04"}, {0.01, "0_01"}}};
  const std::array<double, 4> means = {25.54, 22.68, 19.98, 17.28};
  ReconstructorRegistry registry("method");
  RegisterNetMethods(registry);
  const DataFolder folder(data, fs::path(CHAOSENSE_SOURCE_DIR) / "datasets");
  FitContext context;
  context.data = &folder;
  context.device = "cpu";
  for (size_t r = 0; r < rates.size(); ++r) {
    const std::string name = rates[r].second;
    const auto method =
        registry.Create("reconnet",
                        {{"rate", rates[r].first},
                         {"weights", "data:peer_weights/reconnet_" + name + ".safetensors"},
                         {"matrix", "data:matrices/reconnet/phi_" + name + "_1089.mat"}});
    method->Fit(context);
    double sum = 0;
    const std::map<std::string, double> psnr = PsnrOnSet11(*method, data);
    ASSERT_EQ(psnr.size(), expected.size());
    for (const auto& [image, value] : psnr) {
      EXPECT_NEAR(value, expected.at(image)[r], 0.011) << image << " at " << name;
      sum += value;
    }
    EXPECT_NEAR(sum / 11, means[r], 0.02) << name;
  }
}

}  // namespace
}  // namespace chaosense
