#include "core/nets/klt_net.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

Json Tiny() {
  return {{"name", "klt_net"}, {"counts", {40, 10}}, {"features", 8}, {"phases", 2}, {"blocks", 1}};
}

at::Tensor Orthonormal(int64_t rows) {
  torch::manual_seed(3);
  return std::get<0>(at::linalg_qr(at::randn({1089, rows}))).t().contiguous();
}

TEST(KltNet, BeginsAtTheClosedFormEstimate) {
  const torch::NoGradGuard no_grad;
  const auto net = std::dynamic_pointer_cast<KltNet>(MakeNet(Tiny(), 0, ""));
  const at::Tensor rows = Orthonormal(40);
  net->SetComponents(rows);
  const at::Tensor pictures = at::rand({2, 1, 66, 99});
  for (const int count : {40, 25, 10}) {
    net->set_measurement_count(count);
    const at::Tensor y = net->Sense(pictures);
    EXPECT_EQ(y.sizes().vec(), (std::vector<int64_t>{2, 2, 3, count}));
    const at::Tensor z = net->Reconstruct(y);
    // The projection of every block on the first rows.
    const at::Tensor block = pictures.slice(2, 33, 66).slice(3, 0, 33).reshape({2, 1089}) - 0.5;
    const at::Tensor first = rows.slice(0, 0, count);
    const at::Tensor expected = at::mm(at::mm(block, first.t()), first) + 0.5;
    const at::Tensor got = z.slice(2, 33, 66).slice(3, 0, 33).reshape({2, 1089});
    EXPECT_LT((got - expected).abs().max().item<double>(), 1e-5);
  }
}

TEST(KltNet, ALowerRateIsTheBeginningOfAHigherOne) {
  const torch::NoGradGuard no_grad;
  const auto net = std::dynamic_pointer_cast<KltNet>(MakeNet(Tiny(), 0, ""));
  net->SetComponents(Orthonormal(40));
  const at::Tensor pictures = at::rand({1, 1, 66, 66});
  net->set_measurement_count(40);
  const at::Tensor many = net->Sense(pictures);
  net->set_measurement_count(10);
  EXPECT_LT((net->Sense(pictures) - many.slice(3, 0, 10)).abs().max().item<double>(), 1e-5);
}

// With weights that do something: what lies in one block reaches its neighbours, unless the
// ablation keeps blocks apart.
TEST(KltNet, WholePictureCrossesBordersOfBlocks) {
  const torch::NoGradGuard no_grad;
  for (const bool whole : {true, false}) {
    Json description = Tiny();
    description["whole_picture"] = whole;
    const auto net = std::dynamic_pointer_cast<KltNet>(MakeNet(description, 0, ""));
    net->SetComponents(Orthonormal(40));
    torch::manual_seed(5);
    for (at::Tensor parameter : net->parameters()) parameter.add_(at::randn_like(parameter) * 0.02);
    at::Tensor y = at::zeros({1, 1, 2, 40});
    const at::Tensor before = net->Reconstruct(y).slice(3, 33, 66).clone();
    y[0][0][0] += 1;
    const at::Tensor after = net->Reconstruct(y).slice(3, 33, 66);
    EXPECT_EQ((after - before).abs().max().item<double>() > 1e-6, whole);
  }
}

TEST(KltNet, DescriptionBuildsItAgain) {
  const auto net = MakeNet(Tiny(), 4, "");
  const auto again = MakeNet(net->Description(), 4, "");
  EXPECT_EQ(net->Description(), again->Description());
  EXPECT_EQ(ParameterCount(*net), ParameterCount(*again));
  // phi, psi, head, inject, 2 x (first, second, out), gates.
  EXPECT_EQ(ParameterCount(*net),
            2 * 40 * 1089 + 2 * (9 * 8 * 9 + 8) + 2 * (2 * (8 * 8 * 9 + 8) + 8 * 9 * 9 + 9) +
                2 * 2 * 2 * 8);
}

TEST(KltNet, BadDescriptionsNameTheKey) {
  const auto error = [](const char* key, const Json& value) {
    Json description = Tiny();
    description[key] = value;
    try {
      MakeNet(description, 0, "x.json: /net");
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  EXPECT_THAT(error("counts", {10, 40}), HasSubstr("x.json: /net/counts"));
  EXPECT_THAT(error("counts", {10, 10}), HasSubstr("descending"));
  EXPECT_THAT(error("counts", Json::array()), HasSubstr("list"));
  EXPECT_THAT(error("phase", 2), HasSubstr("phases"));
  EXPECT_THAT(error("size", "a/b"), HasSubstr("letters"));
}

}  // namespace
}  // namespace chaosense
