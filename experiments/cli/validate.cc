#include <fmt/format.h>

#include <iostream>

#include "core/harness/config_schema.h"
#include "core/harness/plan.h"
#include "experiments/cli/command.h"

namespace chaosense {

namespace po = boost::program_options;

int ValidateCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")("config", po::value<std::string>()->value_name("CONFIG"),
                                                    "the config, a file or a name of `chaosense list configs`");
  AddOverrideOption(options);
  AddDataOption(options);
  po::positional_options_description positional;
  positional.add("config", 1);
  const auto values = ParseOptions(arguments, options, positional);
  if (values.count("help") != 0) {
    PrintHelp("chaosense validate CONFIG [options]",
              "Checks a config as `run` would, expands it into cells and prints how many there are; runs nothing.",
              options, "  chaosense validate configs/table1.json --set rates=[0.25]\n");
    return 0;
  }
  if (values.count("config") == 0) throw ConfigError("validate: which config? usage: chaosense validate CONFIG");
  const Config config = LoadExperimentConfig(FindConfig(values["config"].as<std::string>()), OverridesOf(values),
                                             registries.experiments);
  const DataFolder data = OpenDataFolder(values);
  const Plan plan = MakePlan(config, registries, MakeCellContext(data, registries));
  std::cout << fmt::format("{}: valid, {} cells\n", config.file.string(), plan.cells.size());
  return 0;
}

}  // namespace chaosense
