#include "core/training/code_channel.h"

#include <gtest/gtest.h>

#include <cmath>

namespace chaosense {
namespace {

const Quantiser kQuantiser({0.5f, -1.0f, 0.0f},
                           {2.0f, 0.3f, 5.0f},
                           std::vector<double>{0, 30, 255});

TEST(CodeChannel, IsTheQuantiser) {
  torch::manual_seed(2);
  const at::Tensor y = at::randn({4, 5, 6, 3}) * 2;
  const at::Tensor received = CodeChannel(kQuantiser).Pass(y, 0);
  Codes<float> codes{
      BlockGrid{120, 1}, Shape{1, 1, 3}, {y.data_ptr<float>(), y.data_ptr<float>() + y.numel()}};
  codes = kQuantiser.Dequantise(kQuantiser.Quantise(codes));
  const at::Tensor expected = at::from_blob(codes.values.data(), y.sizes());
  // The same code but where float and double round a tie differently: none, or a handful.
  EXPECT_LE(((received - expected).abs() > 1e-4).sum().item<int64_t>(), 2);
}

TEST(CodeChannel, FewerCoefficientsAreTheFirst) {
  torch::manual_seed(2);
  const at::Tensor y = at::randn({7, 3});
  const CodeChannel channel(kQuantiser);
  EXPECT_TRUE(at::equal(channel.Pass(y.slice(1, 0, 2), 0), channel.Pass(y, 0).slice(1, 0, 2)));
}

TEST(CodeChannel, GradientsPassStraightThrough) {
  at::Tensor y = at::randn({6, 3}).requires_grad_();
  CodeChannel(kQuantiser, 0.1).Pass(y, 4).sum().backward();
  EXPECT_TRUE(at::equal(y.grad(), at::ones({6, 3})));
}

// A code at the end wraps every second time, and is 2 half ranges off then; one in the middle
// never.
TEST(CodeChannel, WrappingCostsWhatAnOrthonormalDecoderWouldMakeOfIt) {
  const CodeChannel channel(Quantiser({1.0f}, {3.0f}, 0), 0.1);
  const auto cost = [&](float y) {
    return channel.WrapCost(at::full({5, 1}, y), 9).item<double>();
  };
  EXPECT_NEAR(cost(4), 0.5 * 36 / 9, 1e-4);
  EXPECT_NEAR(cost(-2), 0.5 * 36 / 9, 1e-4);
  EXPECT_LT(cost(1), 1e-4);
  EXPECT_GT(cost(3), cost(2.5));
  EXPECT_NEAR(cost(10), 36.0 / 9, 1e-3);  // beyond the range: twice that
  at::Tensor y = at::full({1, 1}, 3.5f).requires_grad_();
  channel.WrapCost(y, 9).backward();
  EXPECT_GT(y.grad().item<double>(), 0);
}

TEST(CodeChannel, NoiseHasItsStrengthAndItsSeed) {
  const CodeChannel channel(Quantiser({0.0f}, {1.0f}, 0), 0.1);
  const at::Tensor y = at::zeros({200000, 1});
  const at::Tensor received = channel.Pass(y, 9);
  // Values in [-1, 1] for bytes in [0, 1]: twice the strength, less what the ends of the
  // ciphertext's bytes clip (simulated apart with 4 million draws).
  EXPECT_NEAR(received.std().item<double>(), 0.1889, 0.002);
  EXPECT_TRUE(at::equal(received, channel.Pass(y, 9)));
  EXPECT_FALSE(at::equal(received, channel.Pass(y, 10)));
}

// Noise that carries a code over 255 makes it small, as in every cipher that adds modulo 256.
TEST(CodeChannel, NoiseCarriesCodesAtTheEndsRound) {
  const CodeChannel channel(Quantiser({0.0f}, {1.0f}, 0), 0.1);
  const at::Tensor received = channel.Pass(at::ones({200000, 1}), 9);
  EXPECT_NEAR(received.lt(0).to(at::kFloat).mean().item<double>(), 0.4903, 0.005);
  EXPECT_LE(received.abs().max().item<float>(), 1.0001f);
}

TEST(CodeChannel, EmptyChangesNothing) {
  const at::Tensor y = at::randn({6, 3});
  EXPECT_TRUE(at::equal(CodeChannel().Pass(y, 0), y));
}

}  // namespace
}  // namespace chaosense
