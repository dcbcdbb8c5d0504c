#include "core/training/checkpoint.h"

#include "core/base/error.h"
#include "core/nets/weights.h"

namespace chaosense {
namespace {

constexpr char kParameters[] = "now";
constexpr char kMean[] = "adam_mean.";
constexpr char kSquare[] = "adam_square.";
constexpr char kBest[] = "best.";
constexpr char kState[] = "state";

}  // namespace

void SaveCheckpoint(const std::filesystem::path& path,
                    const TrainingState& state,
                    const PictureNet& net,
                    Adam& adam,
                    const std::string& config_hash) {
  Safetensors file;
  for (const auto& item : net.named_parameters()) {
    file.tensors[std::string(kParameters) + "." + item.key()] =
        PackTensor(item.value(), TensorType::kF32);
  }
  for (const Adam::Slot& slot : adam.slots()) {
    file.tensors[kMean + slot.name] = PackTensor(slot.mean, TensorType::kF32);
    file.tensors[kSquare + slot.name] = PackTensor(slot.square, TensorType::kF32);
  }
  for (const auto& [name, tensor] : state.best.tensors) file.tensors[kBest + name] = tensor;
  if (!state.quantiser.empty()) PackQuantiser(state.quantiser, file);
  file.metadata[kState] = CanonicalJson({{"config", config_hash},
                                         {"iteration", state.iteration},
                                         {"adam_steps", adam.steps()},
                                         {"seconds", state.seconds},
                                         {"best_psnr", state.best_psnr},
                                         {"best_iteration", state.best_iteration},
                                         {"stale", state.stale},
                                         {"best_metadata", state.best.metadata}});
  WriteSafetensors(path, file);
}

bool LoadCheckpoint(const std::filesystem::path& path,
                    const std::string& config_hash,
                    TrainingState& state,
                    PictureNet& net,
                    Adam& adam) {
  if (!std::filesystem::exists(path)) return false;
  const Safetensors file = ReadSafetensors(path);
  const std::string name = path.string();
  const auto found = file.metadata.find(kState);
  const Json saved =
      found == file.metadata.end() ? Json() : Json::parse(found->second, nullptr, false);
  try {
    if (saved.at("config").get<std::string>() != config_hash) {
      throw ConfigError("{}: belongs to another configuration or other data; --restart begins anew",
                        name);
    }
    state.iteration = saved.at("iteration").get<int64_t>();
    state.seconds = saved.at("seconds").get<double>();
    state.best_psnr = saved.at("best_psnr").get<double>();
    state.best_iteration = saved.at("best_iteration").get<int64_t>();
    state.stale = saved.at("stale").get<int64_t>();
    state.best.metadata = saved.at("best_metadata").get<std::map<std::string, std::string>>();
    adam.set_steps(saved.at("adam_steps").get<int64_t>());
  } catch (const Json::exception&) {
    throw ConfigError("{}: not a training checkpoint, or damaged; --restart begins anew", name);
  }
  LoadParameters(net, file, name, kParameters);
  if (const auto centre = file.tensors.find("quantiser.centre"); centre != file.tensors.end())
    state.quantiser = UnpackQuantiser(file, static_cast<size_t>(centre->second.shape.at(0)), name);
  const torch::NoGradGuard no_grad;
  const auto load = [&](at::Tensor& target, const std::string& key) {
    const at::Tensor value = UnpackTensor(file.At(key, name));
    if (value.sizes() != target.sizes())
      throw ConfigError("{}: tensor \"{}\" has the wrong shape", name, key);
    target.copy_(value);
  };
  for (Adam::Slot& slot : adam.slots()) {
    load(slot.mean, kMean + slot.name);
    load(slot.square, kSquare + slot.name);
  }
  const std::string prefix = kBest;
  for (const auto& [key, tensor] : file.tensors) {
    if (key.starts_with(prefix)) state.best.tensors[key.substr(prefix.size())] = tensor;
  }
  return true;
}

}  // namespace chaosense
