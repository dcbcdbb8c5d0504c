#include "core/nets/ista_phase.h"

#include "core/base/error.h"

namespace chaosense {
namespace {

namespace nn = torch::nn;

constexpr int64_t kFeatures = 32;

at::Tensor Conv(const nn::Conv2d& layer, const at::Tensor& x) {
  return at::conv2d(x, layer->weight.to(x.scalar_type()), {}, /*stride=*/1, /*padding=*/1);
}

}  // namespace

IstaPhase::IstaPhase(int tail) {
  CHAOSENSE_CHECK(tail == 1 || tail == 3);
  step_ = register_parameter("step", at::full({1}, kFirstStep));
  threshold_ = register_parameter("threshold", at::full({1}, kFirstThreshold));
  first_ = Add("first", 1, kFeatures);
  forward1_ = Add("forward1", kFeatures, kFeatures);
  forward2_ = Add("forward2", kFeatures, kFeatures);
  backward1_ = Add("backward1", kFeatures, kFeatures);
  backward2_ = Add("backward2", kFeatures, kFeatures);
  for (int i = 1; i <= tail; ++i)
    tail_.push_back(Add("tail" + std::to_string(i), kFeatures, i == tail ? 1 : kFeatures));
}

nn::Conv2d IstaPhase::Add(const std::string& name, int64_t in, int64_t out) {
  return register_module(name, nn::Conv2d(nn::Conv2dOptions(in, out, 3).padding(1).bias(false)));
}

void IstaPhase::SetStart() {
  const torch::NoGradGuard no_grad;
  step_.fill_(kFirstStep);
  threshold_.fill_(kFirstThreshold);
  tail_.back()->weight.zero_();
}

at::Tensor IstaPhase::Denoise(const at::Tensor& r, at::ScalarType type) const {
  at::Tensor x = type == at::kFloat ? r : r.to(type).contiguous(at::MemoryFormat::ChannelsLast);
  x = Conv(first_, x);
  x = Conv(forward2_, at::relu(Conv(forward1_, x)));
  x = at::sign(x) * at::relu(at::abs(x) - threshold_.to(type));
  x = Conv(backward2_, at::relu(Conv(backward1_, x)));
  if (tail_.size() == 3) x = Conv(tail_[1], at::relu(Conv(tail_[0], at::relu(x))));
  return r + Conv(tail_.back(), x).to(at::kFloat);
}

int64_t IstaPhase::Macs(int64_t positions) const {
  int64_t weights = 0;
  for (const at::Tensor& parameter : parameters()) {
    if (parameter.dim() == 4) weights += parameter.numel();
  }
  return weights * positions;
}

void RenamePhases(const Safetensors& published,
                  int count,
                  int tail,
                  const std::string& file,
                  Safetensors& renamed) {
  for (int k = 0; k < count; ++k) {
    const std::string from = fmt::format("module.fcs.{}.", k);
    const std::string to = fmt::format("phase{}.", k);
    const auto take = [&](const std::string& old_name, const std::string& name) {
      renamed.tensors[to + name] = published.At(from + old_name, file);
    };
    take("lambda_step", "step");
    take("soft_thr", "threshold");
    take("conv_D", "first.weight");
    for (const char* direction : {"forward", "backward"}) {
      for (const char* i : {"1", "2"})
        take(fmt::format("conv{}_{}", i, direction), fmt::format("{}{}.weight", direction, i));
    }
    if (tail == 1) take("conv_G", "tail1.weight");
    if (tail == 3) {
      for (const char* i : {"1", "2", "3"})
        take(fmt::format("conv{}_G", i), fmt::format("tail{}.weight", i));
    }
  }
}

}  // namespace chaosense
