#include "core/nets/fast_convolution.h"

#include "core/base/error.h"
#include "core/nets/amx_weight_gradient.h"

namespace chaosense {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

const uint16_t* Bits(const at::Tensor& tensor) {
  return reinterpret_cast<const uint16_t*>(tensor.data_ptr<at::BFloat16>());
}

// [pictures, channels, height, width], both channels last.
at::Tensor WeightGradient(const at::Tensor& x,
                          const at::Tensor& gradient,
                          int64_t kernel,
                          int64_t dilation) {
  const WeightGradientShape shape{
      x.size(0), x.size(2), x.size(3), x.size(1), gradient.size(1), kernel, dilation};
  at::Tensor result = at::empty({gradient.size(1), kernel, kernel, x.size(1)});
  AmxWeightGradient(shape, Bits(x), Bits(gradient), result.data_ptr<float>());
  return result.permute({0, 3, 1, 2}).contiguous();
}

class Convolution : public torch::autograd::Function<Convolution> {
 public:
  static at::Tensor forward(AutogradContext* context,
                            const at::Tensor& x,
                            const at::Tensor& weight,
                            const at::Tensor& bias,
                            int64_t dilation) {
    const at::Tensor rounded = weight.to(at::kBFloat16);
    context->save_for_backward({x, rounded});
    context->saved_data["dilation"] = dilation;
    const int64_t padding = dilation * (weight.size(2) / 2);
    return at::conv2d(x, rounded, bias.to(at::kBFloat16), 1, padding, dilation);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor& x = saved[0];
    const at::Tensor& weight = saved[1];
    const int64_t dilation = context->saved_data["dilation"].toInt();
    const int64_t kernel = weight.size(2);
    const int64_t padding = dilation * (kernel / 2);
    const at::Tensor gradient = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
    const bool amx = x.device().is_cpu() && HasAmxBf16();
    const auto [by_x, by_weight, unused] =
        at::convolution_backward(gradient,
                                 x,
                                 weight,
                                 c10::nullopt,
                                 {1, 1},
                                 {padding, padding},
                                 {dilation, dilation},
                                 false,
                                 {0, 0},
                                 1,
                                 {context->needs_input_grad(0), !amx, false});
    const at::Tensor by_bias = gradient.sum({0, 2, 3}, /*keepdim=*/false, at::kFloat);
    return {by_x,
            amx ? WeightGradient(
                      x.contiguous(at::MemoryFormat::ChannelsLast), gradient, kernel, dilation)
                : by_weight.to(at::kFloat),
            by_bias,
            at::Tensor()};
  }
};

}  // namespace

at::Tensor FastConvolution(const at::Tensor& x,
                           const at::Tensor& weight,
                           const at::Tensor& bias,
                           int64_t dilation) {
  CHAOSENSE_CHECK(x.scalar_type() == at::kBFloat16 && weight.scalar_type() == at::kFloat &&
                  weight.size(2) == weight.size(3) && weight.size(2) % 2 == 1);
  return Convolution::apply(x, weight, bias, dilation);
}

}  // namespace chaosense
