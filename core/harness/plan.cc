#include "core/harness/plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/suggest.h"
#include "core/data/manifest.h"
#include "core/harness/plugin_choices.h"
#include "core/harness/sweep.h"

namespace chaosense {
namespace {

void CheckImages(const Config& config, const Manifest& manifest) {
  std::vector<std::string> known;
  for (const ManifestFile& file : manifest.files) known.push_back(file.name);
  const Json images = config.value.value("images", Json::array());
  for (size_t i = 0; i < images.size(); ++i) {
    const std::string name = images[i].get<std::string>();
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = DidYouMean(name, known);
    throw ConfigError(
        "{}: dataset {} has no image \"{}\"{}",
        config.Where(fmt::format("/images/{}", i)),
        manifest.name,
        name,
        near.empty() ? fmt::format("; see `chaosense describe {}`", manifest.name) : near);
  }
}

const Manifest& ManifestAt(const Config& config,
                           const DataFolder& data,
                           const std::string& pointer) {
  try {
    return data.ManifestOf(config.value.at(Json::json_pointer(pointer)).get<std::string>());
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", config.Where(pointer), error.what()));
  }
}

// Unknown sets and images are found before anything runs, with the place in the config.
void CheckDatasets(const Config& config, const DataFolder& data) {
  for (const std::string key : {"datasets", "fit_datasets"}) {
    for (size_t i = 0; i < config.value.value(key, Json::array()).size(); ++i) {
      const Manifest& manifest = ManifestAt(config, data, fmt::format("/{}/{}", key, i));
      if (key == "datasets") CheckImages(config, manifest);
      if (key == "fit_datasets")
        RequireNoTestSet(data, manifest.name, config.Where(fmt::format("/{}/{}", key, i)));
    }
  }
}

bool IsWanted(const std::string& image, const std::vector<std::string>& images) {
  return images.empty() || std::find(images.begin(), images.end(), image) != images.end();
}

Json OwnKeys(const Config& config, const PluginInfo& info) {
  Json own = Json::object();
  for (const auto& [key, ignored] : info.parameters.items()) {
    if (config.value.contains(key)) own[key] = config.value[key];
  }
  return own;
}

std::vector<DataNeed> DataOf(const Config& config) {
  std::vector<DataNeed> needs;
  for (const char* key : {"datasets", "fit_datasets"}) {
    const Json names = config.value.value(key, Json::array());
    for (size_t i = 0; i < names.size(); ++i) {
      DataNeed need{names[i].get<std::string>(), {}, config.Where(fmt::format("/{}/{}", key, i))};
      if (std::string_view(key) == "datasets")
        need.images = config.value.value("images", std::vector<std::string>());
      needs.push_back(std::move(need));
    }
  }
  return needs;
}

// The cells of one experiment, which is added to the plan.
std::vector<Cell> CellsOf(const Config& config,
                          Registries& registries,
                          const CellContext& context,
                          Plan& plan) {
  CheckPluginChoices(config, registries);
  if (context.data != nullptr) CheckDatasets(config, *context.data);
  const std::string name = config.value.at("experiment").get<std::string>();
  const PluginInfo& info = registries.experiments.Info(name, config.Where("/experiment"));
  plan.experiments.push_back(
      registries.experiments.Create(name, OwnKeys(config, info), config.file.string() + ": "));
  std::vector<Cell> cells;
  try {
    cells = plan.experiments.back()->Expand(config.value, context);
  } catch (const Error& error) {
    throw WithFile(error, config);
  }
  for (Cell& cell : cells) {
    cell.id = CellId(cell, info);
    cell.experiment = plan.experiments.size() - 1;
  }
  return cells;
}

}  // namespace

void RequireData(const Plan& plan, const DataFolder& data) {
  for (const DataNeed& need : plan.data) {
    const Manifest& manifest = data.ManifestOf(need.set);
    if (manifest.generator) continue;
    const std::string hint = fmt::format(
        "run `chaosense data fetch {}` or give --data-dir (or CHAOSENSE_DATA)", manifest.name);
    if (data.data_dir().empty())
      throw DataError("{}: {}: no data folder is given; {}", need.where, manifest.name, hint);
    const std::filesystem::path folder = data.data_dir() / manifest.folder;
    for (const ManifestFile& file : manifest.files) {
      std::error_code error;
      if (IsWanted(file.name, need.images) && !std::filesystem::exists(folder / file.path, error)) {
        throw DataError("{}: {}: {} is missing from {}; {}",
                        need.where,
                        manifest.name,
                        file.path,
                        folder.string(),
                        hint);
      }
    }
  }
}

std::string Cell::Name() const {
  std::string name = axes.experiment;
  for (const std::string& part : {axes.dataset, axes.method, axes.cipher, axes.map, axes.variant}) {
    if (!part.empty()) name += "/" + part;
  }
  if (axes.rate != 0) name += fmt::format("/rate:{}", axes.rate);
  name += fmt::format("/seed:{}", axes.seed);
  for (const auto& [key, value] : axes.sweep) name += fmt::format("/{}:{}", key, value);
  return name;
}

Json AxesToJson(const Axes& axes) {
  Json json = {{"experiment", axes.experiment}, {"seed", axes.seed}};
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  add("dataset", axes.dataset);
  add("method", axes.method);
  add("cipher", axes.cipher);
  add("map", axes.map);
  add("variant", axes.variant);
  if (axes.rate != 0) json["rate"] = axes.rate;
  return json;
}

Axes AxesFromJson(const Json& json) {
  try {
    Axes axes;
    axes.experiment = json.at("experiment").get<std::string>();
    axes.dataset = json.value("dataset", "");
    axes.method = json.value("method", "");
    axes.cipher = json.value("cipher", "");
    axes.map = json.value("map", "");
    axes.variant = json.value("variant", "");
    axes.rate = json.value("rate", 0.0);
    axes.seed = json.at("seed").get<uint64_t>();
    return axes;
  } catch (const Json::exception& error) {
    throw ConfigError("axes: {}", error.what());
  }
}

std::string CellId(const Cell& cell, const PluginInfo& experiment) {
  const Json identity = {
      {"schema", kCellSchema},
      {"experiment", {{"name", experiment.name}, {"revision", experiment.revision}}},
      {"axes", AxesToJson(cell.axes)},
      {"description", cell.description}};
  return ToHex(Sha256Of(CanonicalJson(identity)));
}

namespace {

// The cells of parts by what tables, comparisons and exports tell them apart by.
class PlacesOfParts {
 public:
  // Throws Error(kConfig) if another part has a cell with the same axes that is not the same cell.
  void Add(const Cell& cell, const SweepPoint& point) {
    if (point.part.empty()) return;
    const auto [place, fresh] = places_.try_emplace(
        {CanonicalJson(AxesToJson(cell.axes)), point.settings}, cell.id, point.part);
    const auto& [id, part] = place->second;
    if (fresh || id == cell.id || part == point.part) return;
    throw ConfigError(
        "{}: {} and {} give cells with the same axes ({}) that are not the same; sweep the setting "
        "that differs, or give one of the entries another label",
        point.config.file.string(),
        part,
        point.part,
        cell.Name());
  }

 private:
  using Settings = std::map<std::string, std::string>;
  std::map<std::pair<std::string, Settings>, std::pair<std::string, std::string>> places_;
};

}  // namespace

Plan MakePlan(const Config& config, Registries& registries, const CellContext& context) {
  Plan plan;
  plan.config = config;
  std::set<std::pair<std::string, std::map<std::string, std::string>>> seen;
  std::set<std::pair<std::string, std::vector<std::string>>> sets;
  PlacesOfParts places;
  for (const SweepPoint& point : ExpandConfig(config, registries.experiments)) {
    try {
      for (Cell& cell : CellsOf(point.config, registries, context, plan)) {
        cell.axes.sweep = point.settings;
        places.Add(cell, point);
        if (seen.emplace(cell.id, point.settings).second) plan.cells.push_back(std::move(cell));
      }
    } catch (const Error& error) {
      throw point.Located(error);
    }
    for (DataNeed& need : DataOf(point.config)) {
      if (sets.emplace(need.set, need.images).second) plan.data.push_back(std::move(need));
    }
  }
  if (plan.cells.empty()) {
    throw ConfigError("{}: the config gives no cell; are datasets, methods or rates empty?",
                      config.file.string());
  }
  return plan;
}

}  // namespace chaosense
