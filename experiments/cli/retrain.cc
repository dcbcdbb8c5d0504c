// `chaosense run --retrain`: the weights of a run made again before it.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "experiments/cli/command.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr char kSuffix[] = ".safetensors";

fs::path TrainConfigOf(const std::string& name) {
  return ProjectFolder() / "configs" / "train" / (name + ".json");
}

void LinkOrCopy(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_hard_link(from, to, error);
  if (error) fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

// `name` after those that its training starts from, unless they are listed.
void AddModel(const std::string& name, std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  const fs::path initial = ReadConfig(TrainConfigOf(name)).value.value("initial", "");
  if (!initial.empty() && fs::exists(TrainConfigOf(initial.stem().string())))
    AddModel(initial.stem().string(), names);
  names.push_back(name);
}

}  // namespace

std::vector<std::string> TrainableModels(const Plan& plan, const CellContext& context) {
  std::vector<std::string> names;
  for (const Cell& cell : plan.cells) {
    if (!cell.description.contains("method")) continue;
    FitContext fit = context.fit;
    fit.fit_datasets = cell.description.at("fit_datasets").get<std::vector<std::string>>();
    const auto method = context.methods->Create(cell.description.at("method").get<std::string>(),
                                                cell.description.at("method_parameters"));
    for (const fs::path& file : method->ModelFiles(fit)) {
      const std::string name = file.stem().string();
      if (file.parent_path() != context.fit.model_dir || !fs::exists(TrainConfigOf(name))) {
        if (!fs::exists(file))
          throw DataError("{}: no weights, and no config of configs/train makes them",
                          file.string());
        LogInfo("{}: no config of configs/train makes it; used as it is", file.string());
      } else {
        AddModel(name, names);
      }
    }
  }
  return names;
}

void RetrainModels(const std::vector<std::string>& names,
                   const fs::path& folder,
                   Registries& registries,
                   const CellContext& context) {
  EnsureWritableFolder(folder);
  for (const auto& entry : fs::directory_iterator(context.fit.model_dir)) {
    const fs::path target = folder / entry.path().filename();
    if (entry.path().extension() == kSuffix && !fs::exists(target))
      LinkOrCopy(entry.path(), target);
  }
  for (const std::string& name : names) {
    LogInfo("training {} ({} of {})",
            name,
            std::find(names.begin(), names.end(), name) - names.begin() + 1,
            names.size());
    TrainContext train;
    train.data = context.data;
    train.folder = folder / name;
    train.model_dir = folder;  // what others start from is trained again too
    train.device = context.fit.device;
    train.threads = context.threads;
    const TrainReport report = TrainFromConfig(TrainConfigOf(name), {}, registries, train);
    const fs::path target = folder / (name + kSuffix);
    fs::remove(target);  // maybe a link to the committed file
    fs::copy_file(report.weights, target);
  }
}

}  // namespace chaosense
