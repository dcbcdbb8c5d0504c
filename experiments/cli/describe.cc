#include <algorithm>
#include <filesystem>
#include <iostream>

#include "core/base/suggest.h"
#include "experiments/cli/catalogue.h"
#include "experiments/cli/command.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

bool IsIn(const std::vector<CatalogueEntry>& entries, const std::string& name) {
  return std::any_of(
      entries.begin(), entries.end(), [&](const auto& entry) { return entry.name == name; });
}

}  // namespace

int DescribeCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "name", po::value<std::string>()->value_name("NAME"), "a name of any kind, or a config file");
  const auto values = ParseOptions(arguments, options, {{"name", 1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense describe NAME",
        "Says what a method, cipher, map, experiment, trainer, metric, dataset, model or config "
        "is: definition,\nsource, parameters with ranges and defaults.",
        options,
        "  chaosense describe pca_lmmse\n  chaosense describe configs/table1.json\n");
    return 0;
  }
  if (values.count("name") == 0)
    throw ConfigError("describe: what? usage: chaosense describe NAME");
  const std::string name = values["name"].as<std::string>();
  if (std::filesystem::is_regular_file(name)) {
    std::cout << DescribeEntry("configs", name, registries);
    return 0;
  }
  std::vector<std::string> names;
  bool found = false;
  for (const std::string& kind : CatalogueKinds()) {
    const std::vector<CatalogueEntry> entries = Catalogue(kind, registries);
    if (IsIn(entries, name)) {
      std::cout << (found ? "\n" : "") << DescribeEntry(kind, name, registries);
      found = true;
    }
    for (const CatalogueEntry& entry : entries) names.push_back(entry.name);
  }
  if (!found) {
    const std::string near = DidYouMean(name, names);
    throw ConfigError(
        "describe: unknown name \"{}\"{}",
        name,
        near.empty() ? "; see `chaosense list KIND`, kinds: " + JoinNames(CatalogueKinds()) : near);
  }
  return 0;
}

}  // namespace chaosense
