#include <fmt/format.h>

#include <iostream>

#include "core/base/count.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/harness/config_schema.h"
#include "core/harness/plan.h"
#include "experiments/cli/command.h"
#include "experiments/cli/outputs.h"

namespace chaosense {

namespace po = boost::program_options;

namespace {

int ValidateExperiment(const std::filesystem::path& file,
                       const po::variables_map& values,
                       Registries& registries) {
  const Config config =
      LoadExperimentConfig(file, OverridesOf(values), registries.experiments, SweepsOf(values));
  const DataFolder data = OpenDataFolder(values);
  const Outputs outputs(config);
  const Plan plan = MakePlan(config, registries, MakeCellContext(data, registries));
  outputs.CheckTables(plan);
  std::cout << fmt::format(
      "{}: valid, {}\n", file.string(), Count(static_cast<int64_t>(plan.cells.size()), "cell"));
  try {
    RequireData(plan, data);
  } catch (const Error& error) {
    LogWarning("{}", error.what());  // a config is no worse for data that are elsewhere
  }
  return 0;
}

int ValidateTraining(const std::filesystem::path& file,
                     const po::variables_map& values,
                     Registries& registries) {
  if (registries.HasNets()) registries.LoadNets();
  CheckedTraining(LoadTrainerConfig(file, OverridesOf(values), registries.trainers),
                  registries,
                  OpenDataFolder(values));
  std::cout << fmt::format("{}: valid, a training\n", file.string());
  return 0;
}

}  // namespace

int ValidateCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "config",
      po::value<std::string>()->value_name("CONFIG"),
      "the config, a file or a name of `chaosense list configs`");
  AddOverrideOption(options);
  AddSweepOption(options);
  AddDataOption(options);
  const auto values = ParseOptions(arguments, options, {{"config", 1}});
  if (values.count("help") != 0) {
    PrintHelp("chaosense validate CONFIG [options]",
              "Checks a config as `run` would, expands it into cells and prints how many there "
              "are; runs nothing.",
              options,
              "  chaosense validate configs/table1.json --set rates=[0.25]\n");
    return 0;
  }
  if (values.count("config") == 0)
    throw ConfigError("validate: which config? usage: chaosense validate CONFIG");
  const std::filesystem::path file = FindConfig(values["config"].as<std::string>());
  return ReadConfig(file).value.contains("trainer") ? ValidateTraining(file, values, registries)
                                                    : ValidateExperiment(file, values, registries);
}

}  // namespace chaosense
