#include "core/nets/block_net.h"

#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/suggest.h"
#include "core/nets/fclbcnn_net.h"
#include "core/nets/reconnet_net.h"

namespace chaosense {

at::Tensor BlockNet::Convolve(const torch::nn::Conv2d& layer, const at::Tensor& x) const {
  const auto& options = layer->options;
  const int64_t padding = options.kernel_size()->at(0) / 2;
  return at::conv2d(x.to(convolution_type_),
                    layer->weight.to(convolution_type_),
                    layer->bias.to(convolution_type_),
                    *options.stride(),
                    padding);
}

std::shared_ptr<BlockNet> MakeBlockNet(const Json& description,
                                       uint64_t seed,
                                       const std::string& where) {
  if (!description.is_object() || !description.contains("name") ||
      !description["name"].is_string()) {
    throw ConfigError("{}: expected an object with \"name\": fclbcnn or reconnet", where);
  }
  const std::string name = description["name"].get<std::string>();
  if (name == "fclbcnn") return MakeFclbcnnNet(FclbcnnLayoutFromJson(description, where), seed);
  if (name == "reconnet")
    return std::make_shared<ReconnetNet>(ReconnetLayoutFromJson(description, where), seed);
  const std::string near = DidYouMean(name, {"fclbcnn", "reconnet"});
  throw ConfigError("{}/name: unknown network \"{}\"{}",
                    where,
                    name,
                    near.empty() ? "; known: fclbcnn, reconnet" : near);
}

int64_t ConvolutionMacs(const torch::nn::Conv2d& layer, int64_t positions) {
  return layer->weight.numel() * positions;
}

int64_t ParameterCount(const torch::nn::Module& module) {
  int64_t count = 0;
  for (const at::Tensor& parameter : module.parameters()) count += parameter.numel();
  return count;
}

void InitialiseGaussian(torch::nn::Module& module, uint64_t seed, double gain) {
  const torch::NoGradGuard no_grad;
  for (const auto& item : module.named_parameters()) {
    at::Tensor parameter = item.value();
    if (parameter.dim() < 2 || item.key().find("weight") == std::string::npos) {
      parameter.zero_();
      continue;
    }
    RandomStream random("seed=" + std::to_string(seed) + "|init|" + item.key());
    const double deviation =
        gain / std::sqrt(static_cast<double>(parameter.numel() / parameter.size(0)));
    std::vector<float> values(static_cast<size_t>(parameter.numel()));
    for (float& value : values) value = static_cast<float>(deviation * random.Normal());
    parameter.copy_(at::from_blob(values.data(), parameter.sizes(), at::kFloat));
  }
}

}  // namespace chaosense
