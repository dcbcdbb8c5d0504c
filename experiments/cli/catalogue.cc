#include "experiments/cli/catalogue.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/suggest.h"
#include "core/harness/config.h"
#include "core/metrics/metric.h"
#include "experiments/cli/command.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

template <typename Plugin>
std::vector<CatalogueEntry> PluginEntries(const Registry<Plugin>& registry) {
  std::vector<CatalogueEntry> entries;
  for (const std::string& name : registry.Names())
    entries.push_back({name, registry.Info(name).summary});
  return entries;
}

// "number, 0 < x <= 1, default 0.25".
std::string DescribeRule(const Json& rule) {
  std::string text =
      rule.contains("type") && rule["type"].is_string() ? rule["type"].get<std::string>() : "value";
  const auto bound = [&](const char* key, const char* words) {
    if (rule.contains(key)) text += fmt::format(", {} {}", words, rule[key].dump());
  };
  bound("minimum", "at least");
  bound("exclusiveMinimum", "more than");
  bound("maximum", "at most");
  bound("exclusiveMaximum", "less than");
  const Json& values = rule.contains("items") ? rule["items"] : rule;
  if (values.contains("enum")) {
    std::vector<std::string> names;
    for (const Json& one : values["enum"])
      names.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    text += " of " + JoinNames(names);
  }
  if (rule.contains("default")) text += fmt::format("; default {}", rule["default"].dump());
  return text;
}

std::string DescribePlugin(const std::string& kind, const PluginInfo& info) {
  std::string text = fmt::format("{} ({})\n  {}\n", info.name, kind, info.summary);
  if (!info.description.empty()) text += fmt::format("\n{}\n", info.description);
  if (!info.source.empty()) text += fmt::format("\nsource: {}\n", info.source);
  text += fmt::format("revision: {}\n", info.revision);
  if (!info.parameters.empty()) text += "\nparameters:\n";
  for (const auto& [key, rule] : info.parameters.items()) {
    text += fmt::format("  {}: {}\n", key, DescribeRule(rule));
    if (rule.contains("description"))
      text += fmt::format("      {}\n", rule["description"].get<std::string>());
  }
  return text;
}

std::string DescribeMetric(const MetricInfo& metric) {
  std::string text = fmt::format("{} (metric)\n  {}\n", metric.name, metric.definition);
  text += fmt::format("\nunit: {}\nbetter: {}\n",
                      metric.unit.empty() ? "none" : metric.unit,
                      DirectionName(metric.direction));
  if (!metric.source.empty()) text += fmt::format("source: {}\n", metric.source);
  return text;
}

fs::path ManifestFile(const std::string& dataset) {
  return ProjectFolder() / "datasets" / (dataset + ".json");
}

// The plain values of a manifest; its list of files only by length.
std::string DescribeDataset(const std::string& name) {
  std::string text = fmt::format("{} (dataset)\n", name);
  const fs::path file = ManifestFile(name);
  if (!fs::exists(file)) return text + "  made by the generator, no files\n";
  const Json manifest = ReadJsonFile(file);
  for (const auto& [key, value] : manifest.items()) {
    if (value.is_string()) {
      text += fmt::format("  {}: {}\n", key, value.get<std::string>());
    } else if (value.is_structured() && value.size() > 8) {
      text += fmt::format("  {}: {} entries\n", key, value.size());
    } else {
      text += fmt::format("  {}: {}\n", key, value.dump());
    }
  }
  return text;
}

// The config with everything it extends merged in, and which file set what.
std::string DescribeConfig(const std::string& name) {
  const Config config = ReadConfig(FindConfig(name));
  std::string text = fmt::format("{} (config)\n", config.file.string());
  if (config.value.contains("description"))
    text += "  " + config.value["description"].dump() + "\n";
  text += "\n" + config.value.dump(2) + "\n\nset by:\n";
  for (const auto& [pointer, file] : config.origins)
    text += fmt::format("  {}: {}\n", pointer, file);
  return text;
}

std::vector<CatalogueEntry> DatasetEntries() {
  const DataFolder data("", ProjectFolder() / "datasets");
  std::vector<CatalogueEntry> entries;
  for (const std::string& name : data.Names()) {
    const fs::path file = ManifestFile(name);
    entries.push_back(
        {name, fs::exists(file) ? ReadJsonFile(file).value("title", "") : "made by the generator"});
  }
  return entries;
}

std::vector<CatalogueEntry> ConfigEntries() {
  std::vector<CatalogueEntry> entries;
  for (const std::string& name : ConfigNames()) {
    const Json value = ReadJsonFile(ProjectFolder() / "configs" / (name + ".json"));
    entries.push_back(
        {name,
         value.is_object() && value.contains("description") && value["description"].is_string()
             ? value["description"].get<std::string>()
             : ""});
  }
  return entries;
}

}  // namespace

const std::vector<std::string>& CatalogueKinds() {
  static const std::vector<std::string> kinds = {"methods",
                                                 "ciphers",
                                                 "maps",
                                                 "experiments",
                                                 "trainers",
                                                 "metrics",
                                                 "datasets",
                                                 "models",
                                                 "configs"};
  return kinds;
}

std::vector<CatalogueEntry> Catalogue(const std::string& kind, Registries& registries) {
  if ((kind == "methods" || kind == "trainers") && registries.HasNets()) registries.LoadNets();
  if (kind == "methods") return PluginEntries(registries.methods);
  if (kind == "ciphers") return PluginEntries(registries.ciphers);
  if (kind == "maps") return PluginEntries(registries.maps);
  if (kind == "experiments") return PluginEntries(registries.experiments);
  if (kind == "trainers") return PluginEntries(registries.trainers);
  if (kind == "datasets") return DatasetEntries();
  if (kind == "models") return ModelEntries();
  if (kind == "configs") return ConfigEntries();
  CHAOSENSE_CHECK(kind == "metrics", "unknown kind {}", kind);
  std::vector<CatalogueEntry> entries;
  for (const MetricInfo& metric : AllMetrics()) entries.push_back({metric.name, metric.definition});
  return entries;
}

std::string DescribeEntry(const std::string& kind,
                          const std::string& name,
                          const Registries& registries) {
  if (kind == "methods") return DescribePlugin("method", registries.methods.Info(name));
  if (kind == "ciphers") return DescribePlugin("cipher", registries.ciphers.Info(name));
  if (kind == "maps") return DescribePlugin("map", registries.maps.Info(name));
  if (kind == "experiments") return DescribePlugin("experiment", registries.experiments.Info(name));
  if (kind == "trainers") return DescribePlugin("trainer", registries.trainers.Info(name));
  if (kind == "metrics") return DescribeMetric(MetricByName(name));
  if (kind == "datasets") return DescribeDataset(name);
  if (kind == "models") return DescribeModel(name);
  CHAOSENSE_CHECK(kind == "configs", "unknown kind {}", kind);
  return DescribeConfig(name);
}

}  // namespace chaosense
