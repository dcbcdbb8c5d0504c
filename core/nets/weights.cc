#include "core/nets/weights.h"

#include <fmt/ranges.h>

#include <cmath>
#include <span>
#include <vector>

#include "core/base/error.h"

namespace chaosense {

TensorData PackTensor(const at::Tensor& tensor, TensorType type) {
  const at::Tensor values = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  return MakeTensor(
      std::span<const float>(values.data_ptr<float>(), static_cast<size_t>(values.numel())),
      values.sizes().vec(),
      type);
}

at::Tensor UnpackTensor(const TensorData& tensor) {
  std::vector<float> values = ToFloats(tensor);
  return at::from_blob(values.data(), tensor.shape, at::kFloat).clone();
}

Safetensors PackNet(const PictureNet& net, TensorType type) {
  Safetensors content;
  for (const auto& item : net.named_parameters())
    content.tensors[item.key()] = PackTensor(item.value(), type);
  content.metadata[kNetKey] = CanonicalJson(net.Description());
  return content;
}

void LoadParameters(PictureNet& net,
                    const Safetensors& content,
                    const std::string& file,
                    const std::string& prefix) {
  const torch::NoGradGuard no_grad;
  for (const auto& item : net.named_parameters()) {
    const std::string name = prefix.empty() ? item.key() : prefix + "." + item.key();
    const TensorData& tensor = content.At(name, file);
    at::Tensor parameter = item.value();
    if (parameter.sizes() != at::IntArrayRef(tensor.shape)) {
      throw ConfigError("{}: tensor \"{}\" has shape [{}], the network needs [{}]",
                        file,
                        name,
                        fmt::join(tensor.shape, ", "),
                        fmt::join(parameter.sizes().vec(), ", "));
    }
    parameter.copy_(UnpackTensor(tensor));
  }
}

int LoadMatchingParameters(PictureNet& net, const Safetensors& content) {
  const torch::NoGradGuard no_grad;
  int copied = 0;
  for (const auto& item : net.named_parameters()) {
    const auto found = content.tensors.find(item.key());
    if (found == content.tensors.end()) continue;
    const at::Tensor stored = UnpackTensor(found->second);
    at::Tensor part = item.value();
    if (part.dim() != stored.dim()) continue;
    bool fits = true;
    for (int64_t d = 0; d < part.dim() && fits; ++d) {
      fits = stored.size(d) <= part.size(d);
      if (fits) part = part.slice(d, 0, stored.size(d));
    }
    if (!fits) continue;
    part.copy_(stored);
    ++copied;
  }
  return copied;
}

std::shared_ptr<PictureNet> UnpackNet(const Safetensors& content, const std::string& file) {
  const auto found = content.metadata.find(kNetKey);
  if (found == content.metadata.end()) {
    throw ConfigError(
        "{}: no \"{}\" in its metadata; expected weights written by `chaosense train`",
        file,
        kNetKey);
  }
  const Json description = Json::parse(found->second, nullptr, /*allow_exceptions=*/false);
  if (description.is_discarded())
    throw ConfigError("{}: metadata \"{}\" is no JSON", file, kNetKey);
  std::shared_ptr<PictureNet> net = MakeNet(description, 0, file + ": metadata /" + kNetKey);
  LoadParameters(*net, content, file);
  return net;
}

void PackQuantiser(const Quantiser& quantiser, Safetensors& content) {
  const auto size = static_cast<int64_t>(quantiser.centre().size());
  content.tensors["quantiser.centre"] =
      MakeTensor(std::span<const float>(quantiser.centre()), {size});
  content.tensors["quantiser.half_range"] =
      MakeTensor(std::span<const float>(quantiser.half_range()), {size});
  content.tensors["quantiser.mu"] = MakeTensor(std::span<const double>(quantiser.mu()), {size});
}

Quantiser UnpackQuantiser(const Safetensors& content,
                          size_t coefficients,
                          const std::string& file) {
  if (!content.tensors.contains("quantiser.centre")) return {};
  std::vector<float> centre = ToFloats(content.At("quantiser.centre", file));
  std::vector<float> half_range = ToFloats(content.At("quantiser.half_range", file));
  std::vector<double> mu = ToDoubles(content.At("quantiser.mu", file));
  if (mu.size() == 1) mu.assign(coefficients, mu[0]);  // older files: one for all
  const auto positive = [](float h) { return h > 0 && std::isfinite(h); };
  const auto finite = [](float c) { return std::isfinite(c); };
  if (centre.size() != coefficients || half_range.size() != coefficients ||
      mu.size() != coefficients ||
      !std::all_of(mu.begin(), mu.end(), [](double m) { return m >= 0 && std::isfinite(m); }) ||
      !std::all_of(half_range.begin(), half_range.end(), positive) ||
      !std::all_of(centre.begin(), centre.end(), finite)) {
    throw ConfigError(
        "{}: its quantiser does not fit a code of {} coefficients", file, coefficients);
  }
  return Quantiser(std::move(centre), std::move(half_range), std::move(mu));
}

at::Device PickDevice(const std::string& name, int rank) {
  const bool cuda = torch::cuda::is_available();
  if (name == "cpu" || (name == "auto" && !cuda)) return at::Device(at::kCPU);
  if (name == "auto" || (name == "cuda" && cuda)) {
    // Floats are floats, and the same algorithm is taken every time.
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
    at::globalContext().setDeterministicCuDNN(true);
    // Processes that share a machine share out its GPUs.
    const int64_t count = static_cast<int64_t>(torch::cuda::device_count());
    return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(rank % count));
  }
  if (name == "cuda") throw ConfigError("device: cuda is not available; allowed here: auto, cpu");
  throw ConfigError("device: \"{}\" is not allowed; allowed: auto, cpu, cuda", name);
}

}  // namespace chaosense
