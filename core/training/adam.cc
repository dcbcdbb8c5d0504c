#include "core/training/adam.h"

#include <cmath>

namespace chaosense {
namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

}  // namespace

Adam::Adam(PictureNet& net, double linear_scale) {
  std::vector<const void*> linear;
  for (const at::Tensor& parameter : net.closed_form_parameters())
    linear.push_back(parameter.unsafeGetTensorImpl());
  for (const auto& item : net.named_parameters()) {
    const at::Tensor& parameter = item.value();
    const bool is_linear =
        std::find(linear.begin(), linear.end(), parameter.unsafeGetTensorImpl()) != linear.end();
    slots_.push_back({item.key(),
                      parameter,
                      at::zeros_like(parameter).detach(),
                      at::zeros_like(parameter).detach(),
                      is_linear ? linear_scale : 1.0});
  }
}

void Adam::ZeroGradients() {
  for (Slot& slot : slots_) slot.parameter.mutable_grad() = at::Tensor();
}

std::vector<at::Tensor> Adam::Gradients() const {
  std::vector<at::Tensor> gradients;
  for (const Slot& slot : slots_) {
    if (slot.parameter.grad().defined()) gradients.push_back(slot.parameter.grad());
  }
  return gradients;
}

void Adam::Step(double learning_rate) {
  const torch::NoGradGuard no_grad;
  ++steps_;
  const double correction1 = 1 - std::pow(kBeta1, static_cast<double>(steps_));
  const double correction2 = 1 - std::pow(kBeta2, static_cast<double>(steps_));
  for (Slot& slot : slots_) {
    const at::Tensor gradient = slot.parameter.grad();
    if (!gradient.defined()) continue;
    slot.mean.mul_(kBeta1).add_(gradient, 1 - kBeta1);
    slot.square.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
    const at::Tensor spread = slot.square.sqrt().div_(std::sqrt(correction2)).add_(kEpsilon);
    slot.parameter.addcdiv_(slot.mean, spread, -learning_rate * slot.rate_scale / correction1);
  }
}

}  // namespace chaosense
