#include "core/nets/folded_convolution.h"

#include <gtest/gtest.h>

#include <tuple>

namespace chaosense {
namespace {

namespace nn = torch::nn;

TEST(Fold, PutsThePixelsOfACellInItsChannels) {
  const at::Tensor x = at::arange(2 * 6 * 9).to(at::kFloat).view({1, 2, 6, 9});
  const at::Tensor folded = Fold(x);
  EXPECT_EQ(folded.sizes(), (at::IntArrayRef{1, 18, 2, 3}));
  // Pixel (4, 8) of channel 1: cell (1, 2), row 1 and column 2 within it.
  EXPECT_EQ(folded[0][(3 * 1 + 2) * 2 + 1][1][2].item<float>(), x[0][1][4][8].item<float>());
  EXPECT_TRUE(at::equal(Unfold(folded), x));
}

// Input channels, output channels, kernel: ReconNet's three, CSNet+'s first, and others.
class FoldedConvolutionTest
    : public testing::TestWithParam<std::tuple<int64_t, int64_t, int64_t, bool>> {};

TEST_P(FoldedConvolutionTest, EqualsTheConvolutionAndItsGradients) {
  torch::manual_seed(1);
  const auto [in, out, kernel, with_bias] = GetParam();
  nn::Conv2d layer(nn::Conv2dOptions(in, out, kernel).padding(kernel / 2).bias(with_bias));
  const at::Tensor x = at::rand({2, in, 33, 33}).requires_grad_();
  const at::Tensor direction = at::randn({2, out, 33, 33});

  const at::Tensor direct = layer->forward(x);
  (direct * direction).sum().backward();
  const at::Tensor by_x = x.grad().clone();
  const at::Tensor by_weight = layer->weight.grad().clone();
  const at::Tensor by_bias = with_bias ? layer->bias.grad().clone() : at::Tensor();
  x.mutable_grad() = at::Tensor();
  layer->zero_grad();

  const FoldedConvolution folded(layer);
  const at::Tensor result = Unfold(folded(Fold(x)));
  (result * direction).sum().backward();
  const auto close = [](const at::Tensor& a, const at::Tensor& b) {
    return ((a - b).norm() / b.norm()).item<double>();
  };
  EXPECT_LT(close(result, direct), 1e-5);
  EXPECT_LT(close(x.grad(), by_x), 1e-5);
  EXPECT_LT(close(layer->weight.grad(), by_weight), 1e-5);
  if (with_bias) {
    EXPECT_LT(close(layer->bias.grad(), by_bias), 1e-5);
  }
  EXPECT_EQ(folded.MacsPerBlock(), in * out * kernel * kernel * 1089);
}

INSTANTIATE_TEST_SUITE_P(Layers,
                         FoldedConvolutionTest,
                         testing::Values(std::tuple{1, 64, 11, true},
                                         std::tuple{64, 32, 1, true},
                                         std::tuple{32, 1, 7, false},
                                         std::tuple{1, 8, 7, true},
                                         std::tuple{2, 3, 3, true},
                                         std::tuple{3, 2, 5, false},
                                         std::tuple{3, 2, 1, false}));

// In bfloat16 as far from the float convolution as bfloat16 allows (8 bits).
TEST(FoldedConvolution, WorksInBfloat16) {
  torch::manual_seed(2);
  nn::Conv2d layer(nn::Conv2dOptions(1, 64, 11).padding(5));
  const at::Tensor x = at::rand({2, 1, 33, 33});
  const at::Tensor direct = layer->forward(x);
  const at::Tensor result = Unfold(FoldedConvolution(layer)(Fold(x.to(at::kBFloat16))));
  EXPECT_EQ(result.scalar_type(), at::kBFloat16);
  EXPECT_LT(((result.to(at::kFloat) - direct).norm() / direct.norm()).item<double>(), 0.01);
}

}  // namespace
}  // namespace chaosense
