#include "core/nets/picture_net.h"

#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/suggest.h"
#include "core/nets/fast_convolution.h"
#include "core/nets/fclbcnn_net.h"
#include "core/nets/klt_net.h"
#include "core/nets/peer_nets.h"

namespace chaosense {
namespace {

struct Kind {
  const char* name;
  std::shared_ptr<PictureNet> (*make)(const Json& description,
                                      uint64_t seed,
                                      const std::string& where);
};

const std::array kKinds = {
    Kind{"fclbcnn",
         [](const Json& description, uint64_t seed, const std::string& where) {
           return std::shared_ptr<PictureNet>(
               MakeFclbcnnNet(FclbcnnLayoutFromJson(description, where), seed));
         }},
    Kind{"klt_net", MakeKltNet},
#define CHAOSENSE_KIND_OF_NET(Name, json_name) Kind{json_name, Make##Name},
    CHAOSENSE_PEER_NETS(CHAOSENSE_KIND_OF_NET)
#undef CHAOSENSE_KIND_OF_NET
};

}  // namespace

std::string PictureNet::FileStem() const {
  return Description().at("name").get<std::string>() + "_" +
         std::to_string(measurement_shape().size());
}

void PictureNet::set_measurement_count(int count) {
  CHAOSENSE_CHECK(static_cast<size_t>(count) == measurement_shape().size(),
                  "this network has one sampling rate");
}

at::Tensor PictureNet::Convolve(const torch::nn::Conv2d& layer, const at::Tensor& x) const {
  const auto& options = layer->options;
  const int64_t dilation = options.dilation()->at(0);
  if (convolution_type_ == at::kBFloat16 && options.groups() == 1)
    return FastConvolution(Format(x), layer->weight, layer->bias, dilation);
  const int64_t padding = dilation * (options.kernel_size()->at(0) / 2);
  return at::conv2d(x.to(convolution_type_),
                    layer->weight.to(convolution_type_),
                    layer->bias.to(convolution_type_),
                    *options.stride(),
                    padding,
                    dilation);
}

at::Tensor PictureNet::Format(const at::Tensor& x) const {
  return convolution_type_ == at::kFloat
             ? x
             : x.to(convolution_type_).contiguous(at::MemoryFormat::ChannelsLast);
}

std::shared_ptr<PictureNet> MakeNet(const Json& description,
                                    uint64_t seed,
                                    const std::string& where) {
  std::vector<std::string> names;
  for (const Kind& kind : kKinds) names.emplace_back(kind.name);
  if (!description.is_object() || !description.contains("name") ||
      !description["name"].is_string()) {
    throw ConfigError("{}: expected an object with \"name\", one of: {}", where, JoinNames(names));
  }
  const std::string name = description["name"].get<std::string>();
  for (const Kind& kind : kKinds) {
    if (name == kind.name) return kind.make(description, seed, where);
  }
  throw ConfigError("{}/name: unknown network \"{}\"{}", where, name, NearestOrAll(name, names));
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
