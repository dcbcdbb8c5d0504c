#include "core/nets/fast_convolution.h"

#include <gtest/gtest.h>

#include <tuple>

#include "core/nets/amx_weight_gradient.h"

namespace chaosense {
namespace {

// Channels in and out, side, kernel, dilation.
class FastConvolutionCase : public testing::TestWithParam<std::tuple<int, int, int, int, int>> {};

// Against LibTorch's own in float, on inputs that bfloat16 holds exactly.
TEST_P(FastConvolutionCase, GradientsAreThoseOfTheConvolution) {
  const auto [in, out, side, kernel, dilation] = GetParam();
  torch::manual_seed(1);
  const auto exact = [](const at::Tensor& x) { return x.to(at::kBFloat16).to(at::kFloat); };
  at::Tensor x = exact(at::randn({3, in, side, side + 3})).requires_grad_();
  at::Tensor weight = exact(at::randn({out, in, kernel, kernel})).requires_grad_();
  at::Tensor bias = exact(at::randn({out})).requires_grad_();
  const at::Tensor upstream = exact(at::randn({3, out, side, side + 3}));
  const int64_t padding = dilation * (kernel / 2);
  at::conv2d(x, weight, bias, 1, padding, dilation).backward(upstream);
  const at::Tensor x_gradient = x.grad().clone();
  const at::Tensor weight_gradient = weight.grad().clone();
  const at::Tensor bias_gradient = bias.grad().clone();
  for (at::Tensor* t : {&x, &weight, &bias}) t->mutable_grad() = at::Tensor();

  const at::Tensor low = x.to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor y = FastConvolution(low, weight, bias, dilation);
  EXPECT_EQ(y.scalar_type(), at::kBFloat16);
  y.backward(upstream.to(at::kBFloat16));
  const auto relative = [](const at::Tensor& a, const at::Tensor& b) {
    return ((a - b).norm() / b.norm()).item<double>();
  };
  EXPECT_LT(relative(x.grad(), x_gradient), 5e-3);            // rounded to bfloat16 once
  EXPECT_LT(relative(weight.grad(), weight_gradient), 5e-3);  // 1e-6 with AMX
  EXPECT_LT(relative(bias.grad(), bias_gradient), 1e-5);
  if (HasAmxBf16()) {
    EXPECT_LT(relative(weight.grad(), weight_gradient), 1e-5);
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes,
                         FastConvolutionCase,
                         testing::Values(std::tuple{64, 64, 11, 3, 1},
                                         std::tuple{9, 64, 33, 3, 1},
                                         std::tuple{32, 9, 22, 3, 1},
                                         std::tuple{5, 7, 8, 5, 1},
                                         std::tuple{16, 48, 12, 3, 2},
                                         std::tuple{33, 17, 9, 1, 1}));

}  // namespace
}  // namespace chaosense
