// The networks of other papers: shapes, descriptions, what they promise, and their released
// weights.
#include "core/nets/peer_nets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"
#include "core/nets/block_net.h"
#include "core/nets/register.h"
#include "core/nets/weights.h"
#include "tests/unit/nets/test_pictures.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

double Distance(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

bool SameWeights(const PictureNet& a, const PictureNet& b) {
  const auto ours = a.named_parameters(), others = b.named_parameters();
  return std::all_of(ours.begin(), ours.end(), [&](const auto& item) {
    return at::equal(item.value(), others[item.key()]);
  });
}

class PeerNet : public testing::TestWithParam<const char*> {
 protected:
  std::shared_ptr<PictureNet> Make(uint64_t seed = 3) const {
    return MakeNet({{"name", GetParam()}, {"measurements", 10}}, seed, "test");
  }
  const torch::NoGradGuard no_grad_;
};

TEST_P(PeerNet, SensesAndReconstructsPictures) {
  const auto net = Make();
  const at::Tensor y = net->Sense(at::rand({2, 1, 66, 99}));
  EXPECT_EQ(y.sizes(), (at::IntArrayRef{2, 2, 3, 10}));
  const at::Tensor x = net->Reconstruct(y);
  EXPECT_EQ(x.sizes(), (at::IntArrayRef{2, 1, 66, 99}));
  EXPECT_EQ(x.scalar_type(), at::kFloat);
  EXPECT_TRUE(at::isfinite(x).all().item<bool>());
  EXPECT_EQ(net->measurement_shape(), (Shape{1, 1, 10}));
  EXPECT_EQ(net->FileStem(), std::string(GetParam()) + "_10");
}

// In bfloat16 nearly the same picture: what training sees.
TEST_P(PeerNet, AgreesWithItselfInBfloat16) {
  const auto net = Make();
  const at::Tensor y = net->Sense(at::rand({2, 1, 66, 66}));
  const at::Tensor x = net->Reconstruct(y);
  net->set_convolution_type(at::kBFloat16);
  const at::Tensor rough = net->Reconstruct(y);
  EXPECT_EQ(rough.scalar_type(), at::kFloat);
  EXPECT_LT(Distance(rough, x), 0.03 * (1 + x.abs().max().item<double>()));
}

TEST_P(PeerNet, DescriptionAndWeightsBuildItAgain) {
  const auto net = Make();
  const auto again = UnpackNet(PackNet(*net, TensorType::kF32), "test");
  EXPECT_EQ(again->Description(), net->Description());
  const at::Tensor x = at::rand({1, 1, 33, 66});
  EXPECT_TRUE(at::equal(again->Reconstruct(again->Sense(x)), net->Reconstruct(net->Sense(x))));
  EXPECT_TRUE(SameWeights(*Make(), *net));
  EXPECT_FALSE(SameWeights(*Make(4), *net));
}

TEST_P(PeerNet, EveryParameterLearns) {
  const at::AutoGradMode grad(true);
  const auto net = Make();
  // Away from the start, where some layers are zero and pass nothing on.
  torch::manual_seed(5);
  {
    const torch::NoGradGuard no_grad;
    for (at::Tensor& parameter : net->parameters()) {
      if (parameter.dim() > 1) parameter.add_(0.02 * at::randn_like(parameter));
    }
  }
  const at::Tensor x = at::rand({4, 1, 66, 33});
  at::mse_loss(net->Reconstruct(net->Sense(x)), x).backward();
  for (const auto& item : net->named_parameters()) {
    ASSERT_TRUE(item.value().grad().defined()) << item.key();
    EXPECT_GT(item.value().grad().abs().max().item<double>(), 0) << item.key();
  }
}

TEST_P(PeerNet, UnknownKeysAreNamed) {
  try {
    MakeNet({{"name", GetParam()}, {"mesurements", 10}}, 0, "a.json: /net");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("a.json: /net/mesurements"));
  }
}

INSTANTIATE_TEST_SUITE_P(All,
                         PeerNet,
                         testing::Values("reconnet",
                                         "dr2net",
                                         "msrnet",
                                         "ista_net_plus",
                                         "opine_net_plus",
                                         "csnet_plus",
                                         "amp_net"));

// Residual networks with a closed-form start begin as their fully connected layer.
TEST(PeerNetStart, IsTheLinearEstimate) {
  const torch::NoGradGuard no_grad;
  torch::manual_seed(6);
  for (const auto& [name, tolerance] : {std::pair{"dr2net", 0.1}, std::pair{"msrnet", 1e-5}}) {
    const auto net = std::dynamic_pointer_cast<BlockNet>(
        MakeNet({{"name", name}, {"measurements", 20}}, 0, "test"));
    ASSERT_NE(net, nullptr);
    // An estimate that agrees with the measurements: Phi'y.
    const at::Tensor phi = net->named_buffers()["phi"];
    net->fully_connected()->weight.copy_(phi.t());
    net->fully_connected()->bias.zero_();
    const at::Tensor y = net->Encode(at::rand({3, 1, 33, 33}));
    EXPECT_LT(Distance(net->Decode(y).reshape({3, -1}), at::mm(y, phi)), tolerance) << name;
  }
}

TEST(MsrNet, AgreesWithItsMeasurements) {
  const torch::NoGradGuard no_grad;
  const auto net = MakeNet({{"name", "msrnet"}, {"measurements", 50}}, 1, "test");
  const at::Tensor y = at::randn({1, 2, 2, 50});
  EXPECT_LT(Distance(net->Sense(net->Reconstruct(y)), y), 1e-4);
}

// Networks of principal components give, before training, what those alone give.
TEST(PrincipalStart, IsTheBestLinearCode) {
  const torch::NoGradGuard no_grad;
  torch::manual_seed(7);
  for (const char* name : {"csnet_plus", "amp_net"}) {
    const auto net = MakeNet({{"name", name}, {"measurements", 12}}, 1, "test");
    auto* start = dynamic_cast<PrincipalStart*>(net.get());
    ASSERT_NE(start, nullptr) << name;
    ASSERT_EQ(start->component_count(), 12);
    const at::Tensor rows = std::get<0>(at::linalg_qr(at::randn({1089, 12}))).t();
    start->SetComponents(rows);
    const at::Tensor x = at::rand({1, 1, 33, 33});
    const at::Tensor centred = x.reshape({1, 1089}) - 0.5;
    const at::Tensor expected = at::mm(at::mm(centred, rows.t()), rows) + 0.5;
    EXPECT_LT(Distance(net->Reconstruct(net->Sense(x)).reshape({1, -1}), expected), 1e-4) << name;
  }
}

// Binary: every entry of the sensing matrix is plus or minus the scale.
TEST(OpineNetPlus, MeasuresWithABinaryMatrix) {
  const torch::NoGradGuard no_grad;
  const auto net = MakeNet({{"name", "opine_net_plus"}, {"measurements", 5}}, 1, "test");
  const at::Tensor phi = net->Sense(at::eye(1089).view({1089, 1, 33, 33}));
  EXPECT_LT(Distance(phi.abs(), at::full_like(phi, 0.01)), 1e-6);
  EXPECT_LT(std::abs(phi.mean().item<double>()), 0.002);
}

// The authors' released weights on single pictures, unclipped float PSNR. DR2-Net: the released
// caffe models run with OpenCV's dnn. ISTA-Net+ and OPINE-Net+: an independent implementation in
// PyTorch of the published test scripts' equations.
struct Golden {
  const char* method;
  Json parameters;
  const char* picture;
  double psnr;
};

TEST(PeerGolden, ReleasedWeights) {
  const char* data = std::getenv("CHAOSENSE_DATA");
  if (data == nullptr) GTEST_SKIP() << "peers' released weights (CHAOSENSE_DATA is not set)";
  const Json matrix25 = "data:matrices/reconnet/phi_0_25_1089.mat";
  const Json matrix10 = "data:matrices/reconnet/phi_0_10_1089.mat";
  const std::vector<Golden> all = {
      {"dr2net",
       {{"rate", 0.10},
        {"weights", "data:peer_weights/dr2net_0_10.safetensors"},
        {"matrix", matrix10}},
       "Monarch",
       23.10},
      {"dr2net",
       {{"rate", 0.25},
        {"weights", "data:peer_weights/dr2net_0_25.safetensors"},
        {"matrix", matrix25}},
       "cameraman",
       25.62},
      {"ista_net_plus",
       {{"rate", 0.25},
        {"weights", "data:peer_weights/istanet_plus_25.safetensors"},
        {"matrix", matrix25},
        {"initialisation", "data:matrices/istanet/Initialization_Matrix_25.mat"}},
       "Monarch",
       33.172},
      {"ista_net_plus",
       {{"rate", 0.10},
        {"weights", "data:peer_weights/istanet_plus_10.safetensors"},
        {"matrix", matrix10},
        {"initialisation", "data:matrices/istanet/Initialization_Matrix_10.mat"}},
       "cameraman",
       23.757},
      {"opine_net_plus",
       {{"rate", 0.25}, {"weights", "data:peer_weights/opinenet_plus_25.safetensors"}},
       "Monarch",
       35.682},
      {"opine_net_plus",
       {{"rate", 0.01}, {"weights", "data:peer_weights/opinenet_plus_1.safetensors"}},
       "cameraman",
       19.991}};
  ReconstructorRegistry registry("method");
  RegisterNetMethods(registry);
  const DataFolder folder(data, fs::path(CHAOSENSE_SOURCE_DIR) / "datasets");
  FitContext context;
  context.data = &folder;
  context.device = "cpu";
  for (const Golden& golden : all) {
    const auto method = registry.Create(golden.method, golden.parameters);
    method->Fit(context);
    const fs::path path =
        fs::path(data) / "set11/gray_png" / (std::string(golden.picture) + ".png");
    const ImageF image = ToFloat(LoadImage(path, ColorMode::kGray));
    const Codes<float> codes = method->Sense(image);
    EXPECT_NEAR(PsnrOf(image, method->Reconstruct(codes, image.shape)), golden.psnr, 0.011)
        << golden.method << " " << golden.picture;
    // No picture leaves the range of the quantiser: through bytes it loses little.
    const Quantiser& quantiser = method->QuantiserFor(1);
    const ImageF bytes =
        method->Reconstruct(quantiser.Dequantise(quantiser.Quantise(codes)), image.shape);
    EXPECT_GT(PsnrOf(image, bytes), golden.psnr - 1.5) << golden.method;
  }
}

TEST(PeerGolden, IstaNetPlusNeedsItsInitialisation) {
  const char* data = std::getenv("CHAOSENSE_DATA");
  if (data == nullptr) GTEST_SKIP() << "peers' released weights (CHAOSENSE_DATA is not set)";
  ReconstructorRegistry registry("method");
  RegisterNetMethods(registry);
  const DataFolder folder(data, fs::path(CHAOSENSE_SOURCE_DIR) / "datasets");
  FitContext context;
  context.data = &folder;
  context.device = "cpu";
  const auto method = registry.Create("ista_net_plus",
                                      {{"rate", 0.10},
                                       {"weights", "data:peer_weights/istanet_plus_10.safetensors"},
                                       {"matrix", "data:matrices/reconnet/phi_0_10_1089.mat"}});
  try {
    method->Fit(context);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("initialisation"));
  }
}

}  // namespace
}  // namespace chaosense
