#include <fmt/format.h>

#include <iostream>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/progress.h"
#include "core/harness/config_schema.h"
#include "core/harness/ledger.h"
#include "core/harness/manifest.h"
#include "experiments/cli/command.h"
#include "experiments/cli/ranks.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

po::options_description Options() {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "config", po::value<std::string>()->value_name("CONFIG"), "the training's config")(
      "out",
      po::value<std::string>()->value_name("DIR"),
      "folder for checkpoints, log and weights (default: results/runs/train/<the config's name>)")(
      "restart", po::bool_switch(), "begin anew, whatever checkpoints there are");
  AddOverrideOption(options);
  AddDataOption(options);
  AddComputeOptions(options);
  AddRankOptions(options);
  return options;
}

}  // namespace

Training CheckedTraining(const Config& config, Registries& registries, const DataFolder& data) {
  Training training{nullptr, config.value};
  for (const char* key : {"trainer", "name", "description"}) training.config.erase(key);
  training.trainer = registries.trainers.Create(
      config.value.at("trainer").get<std::string>(), training.config, config.file.string());
  try {
    training.trainer->Check(training.config, data);
  } catch (const Error& error) {
    throw WithFile(error, config);
  }
  return training;
}

TrainReport TrainFromConfig(const fs::path& path,
                            const std::vector<std::string>& overrides,
                            Registries& registries,
                            TrainContext context) {
  const std::string file = path.string();
  const Json raw = ReadConfig(path).value;
  if (!raw.contains("trainer") || !raw["trainer"].is_string()) {
    throw ConfigError(
        "{}: no \"trainer\"; is it an experiment's config? those are for `chaosense run`", file);
  }
  if (!registries.trainers.Contains(raw["trainer"].get<std::string>())) registries.LoadNets();
  const Config config = LoadTrainerConfig(path, overrides, registries.trainers);
  const Training training = CheckedTraining(config, registries, *context.data);
  const std::string name = config.value.at("trainer").get<std::string>();
  if (context.ranks.size > 1 && name != "nets")
    throw ConfigError("--ranks: the trainer \"{}\" works in one process", name);
  if (context.folder.empty()) {
    context.folder =
        fs::path("results") / "runs" / "train" / config.value.at("name").get<std::string>();
  }
  EnsureWritableFolder(context.folder);
  std::optional<RunLock> lock;  // of all ranks together
  if (context.ranks.rank == 0) lock.emplace(context.folder);
  WriteFileAtomically(context.folder / "config.json", training.config.dump(2) + "\n");
  try {
    return training.trainer->Train(training.config, context);
  } catch (const Error& error) {
    throw WithFile(error, config);
  }
}

int TrainCommand(const Arguments& arguments, Registries& registries) {
  const po::options_description options = Options();
  const po::variables_map values = ParseOptions(arguments, options, {{"config", 1}});
  if (values.count("help") != 0) {
    PrintHelp("chaosense train CONFIG [options]",
              "Trains a network or fits a model and writes its weights. The same command resumes a "
              "training that was "
              "stopped or killed.\nWeights are used once they lie in results/models, or where a "
              "config names them.",
              options,
              "  chaosense train configs/train/fclbcnn_3x9x10.json --data-dir ~/datasets\n"
              "  chaosense train configs/train/fclbcnn_3x9x10.json --set iterations=500 --threads "
              "1 --out /tmp/try\n"
              "  chaosense train configs/train/klt_net_small_109.json --ranks 2 --threads 1\n"
              "  srun -n 4 chaosense train configs/train/klt_net_small_109.json --ranks slurm\n");
    return 0;
  }
  if (values.count("config") == 0)
    throw ConfigError("train: which config? usage: chaosense train CONFIG");

  const fs::path path = FindConfig(values["config"].as<std::string>());
  const std::optional<RankLayout> ranks = RanksOf(values);
  if (!ranks) {
    const int count = std::stoi(values["ranks"].as<std::string>());
    const int threads = values.count("threads") != 0 ? 0 : std::max(1, AvailableCpus() / count);
    return StartRanks(arguments, count, threads);
  }
  const DataFolder data = OpenDataFolder(values);
  TrainContext context;
  context.data = &data;
  context.model_dir = ModelFolder();
  if (values.count("out") != 0) context.folder = values["out"].as<std::string>();
  context.device = DeviceOf(values);
  context.threads = ThreadsOf(values);
  context.restart = values["restart"].as<bool>();
  context.ranks = *ranks;
  const TrainReport report = TrainFromConfig(path, OverridesOf(values), registries, context);
  if (ranks->rank != 0) return 0;  // rank 0 speaks for all
  std::cout << fmt::format("weights: {}\n", report.weights.string());
  if (report.iterations > 0) {
    std::cout << fmt::format(
        "validation PSNR: {:.3f} dB\niterations: {}\n", report.validation_psnr, report.iterations);
  }
  std::cout << fmt::format("time: {}\n", FormatDuration(report.seconds));
  return 0;
}

}  // namespace chaosense
