#include "core/training/code_channel.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"

namespace chaosense {

CodeChannel::CodeChannel(Quantiser quantiser, double noise)
    : quantiser_(std::move(quantiser)), noise_(noise) {
  CHAOSENSE_CHECK(noise >= 0 && (noise == 0 || !quantiser_.empty()),
                  "noise acts on the image of codes, which a quantiser makes");
  const auto tensor = [](const std::vector<float>& values) {
    return at::from_blob(
               const_cast<float*>(values.data()), {static_cast<int64_t>(values.size())}, at::kFloat)
        .clone();
  };
  centre_ = tensor(quantiser_.centre());
  half_range_ = tensor(quantiser_.half_range());
  // A coefficient without companding: so little of it that nothing changes.
  std::vector<float> mu(quantiser_.mu().begin(), quantiser_.mu().end());
  for (float& value : mu) value = std::max(value, 1e-4f);
  mu_ = tensor(mu);
}

CodeChannel::Ranges CodeChannel::RangesFor(const at::Tensor& measurements) const {
  const int64_t m = measurements.size(-1);
  CHAOSENSE_CHECK(m <= centre_.numel());
  const auto first = [&](const at::Tensor& values) {
    return values.slice(0, 0, m).to(measurements.device());
  };
  return {first(centre_), first(half_range_), first(mu_)};
}

at::Tensor CodeChannel::Pass(const at::Tensor& measurements,
                             uint64_t seed,
                             int64_t part,
                             int64_t parts) const {
  if (empty()) return measurements;
  const torch::NoGradGuard no_grad;
  const auto [centre, half_range, mu] = RangesFor(measurements);
  const at::Tensor scale = mu.log1p();
  at::Tensor t = ((measurements.detach() - centre) / half_range).clamp(-1, 1);
  t = t.sign() * at::log1p(t.abs() * mu) / scale;
  at::Tensor code = ((t + 1) * 127.5).round();
  if (noise_ > 0) {
    at::Generator generator = at::detail::createCPUGenerator(seed);
    std::vector<int64_t> shape = measurements.sizes().vec();
    const int64_t rows = shape[0];
    shape[0] *= parts;
    const auto own = [&](const at::Tensor& whole) {
      return whole.slice(0, part * rows, (part + 1) * rows).to(measurements.device());
    };
    const at::Tensor noise = own(at::randn(shape, generator, at::kFloat)) * (255 * noise_);
    const at::Tensor keystream = own(at::randint(256, shape, generator, at::kFloat));
    const at::Tensor cipher = at::remainder(code + keystream, 256);
    code = at::remainder((cipher + noise).round().clamp(0, 255) - keystream, 256);
  }
  t = code / 127.5 - 1;
  t = t.sign() * at::expm1(t.abs() * scale) / mu;
  const at::Tensor received = centre + half_range * t;
  const at::Tensor error = received - measurements.detach();
  const torch::AutoGradMode with_grad(measurements.requires_grad());
  return measurements + error;
}

at::Tensor CodeChannel::WrapCost(const at::Tensor& measurements, int64_t pixels) const {
  const auto [centre, half_range, mu] = RangesFor(measurements);
  const at::Tensor place = ((measurements - centre) / half_range).abs();
  const at::Tensor code = at::log1p(place * mu) / mu.log1p();  // 0 in the middle, 1 at the ends
  // Noise of the codes in [-1, 1] has twice the deviation of that of bytes in [0, 1].
  const at::Tensor share = 0.5 * at::erfc((1 - code) / (2 * noise_ * std::sqrt(2.0)));
  return ((2 * half_range).square() * share).sum(-1).mean() / static_cast<double>(pixels);
}

}  // namespace chaosense
