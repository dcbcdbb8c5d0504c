#include <fmt/format.h>

#include <iostream>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/count.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/progress.h"
#include "core/harness/config_schema.h"
#include "core/harness/estimate.h"
#include "core/harness/ledger.h"
#include "core/harness/manifest.h"
#include "core/harness/plan.h"
#include "core/harness/runner.h"
#include "experiments/cli/build_info.h"
#include "experiments/cli/command.h"
#include "experiments/cli/outputs.h"
#include "experiments/cli/run_folder.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

po::options_description Options() {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "config",
      po::value<std::string>()->value_name("CONFIG"),
      "the config, a file or a name of `chaosense list configs`")(
      "out",
      po::value<std::string>()->value_name("DIR"),
      "run folder (default: results/runs/<the config's name>)")(
      "dry-run",
      po::bool_switch(),
      "print the cells, what would be run and, by what was measured in this run folder, what that "
      "would take; run nothing")(
      "retrain",
      po::bool_switch(),
      "train the weights of results/models that the run needs again, into the run folder, and use "
      "those")("retry",
               po::value<std::string>()->value_name("WHICH")->default_value("failed"),
               "cells to run again: failed, or none");
  AddOverrideOption(options);
  AddSweepOption(options);
  AddDataOption(options);
  AddComputeOptions(options);
  AddExecutionOptions(options);
  return options;
}

bool RetryFailed(const po::variables_map& values) {
  return ChoiceOf(values, "retry", {"failed", "none"}) == "failed";
}

// "12.3 MB"
std::string FormatBytes(double bytes) {
  const char* const units[] = {"bytes", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < std::size(units); ++unit) bytes /= 1000;
  return fmt::format("{:.{}f} {}", bytes, unit == 0 ? 0 : 1, units[unit]);
}

// What is to be expected, from what was measured.
std::string Expectation(const Estimate& estimate, int jobs) {
  if (estimate.all_known() == 0)
    return "time and disk space: unknown, no cell like these is finished";
  std::string text = fmt::format("about {} of computing", FormatDuration(estimate.seconds));
  if (estimate.fit_seconds >= 1)
    text += fmt::format(" ({} of it fitting methods)", FormatDuration(estimate.fit_seconds));
  if (jobs > 1)
    text += fmt::format(", {} with {} jobs", FormatDuration(estimate.seconds / jobs), jobs);
  return fmt::format(
      "{}, and {} on disk; {}", text, FormatBytes(estimate.bytes), OriginOf(estimate));
}

int DryRun(const Plan& plan, const fs::path& folder, const Execute& execute) {
  const Ledger ledger(folder);
  const bool retry_failed = execute.options.retry_failed;
  const std::vector<const Cell*> to_run = CellsToRun(plan, ledger, retry_failed);
  int64_t done = 0, failed = 0;
  std::set<std::string> seen;
  for (const Cell& cell : plan.cells) {
    const LedgerRow* row = ledger.Find(cell.id);
    const bool is_done = row != nullptr && row->status == CellStatus::kOk;
    const bool has_failed = row != nullptr && row->status == CellStatus::kFailed;
    std::cout << fmt::format("{}  {}  {}\n",
                             cell.id.substr(0, 16),
                             NeedsRun(cell, ledger, retry_failed) ? "to run"
                             : is_done                            ? "done  "
                                                                  : "failed",
                             cell.Name());
    if (!seen.insert(cell.id).second) continue;
    done += is_done ? 1 : 0;
    failed += has_failed ? 1 : 0;
  }
  const auto cells = static_cast<int64_t>(seen.size());
  std::cout << fmt::format("{}: {} done, {} failed before, {} missing; {} to run\n",
                           Count(cells, "cell"),
                           done,
                           failed,
                           cells - done - failed,
                           to_run.size());
  if (!to_run.empty()) {
    std::cout << Expectation(EstimateCost(plan, to_run, ledger, folder), execute.jobs) << '\n';
  }
  return 0;
}

Json BuildJson(const BuildInfo& build) {
  return {{"version", build.version},
          {"commit", build.commit},
          {"dirty", build.dirty},
          {"type", build.build_type},
          {"compiler", build.compiler},
          {"flags", build.flags},
          {"opencv", build.opencv},
          {"eigen", build.eigen},
          {"fmt", FMT_VERSION},
          {"boost", BOOST_LIB_VERSION},
          {"nlohmann_json",
           fmt::format("{}.{}.{}",
                       NLOHMANN_JSON_VERSION_MAJOR,
                       NLOHMANN_JSON_VERSION_MINOR,
                       NLOHMANN_JSON_VERSION_PATCH)}};
}

}  // namespace

int RunCommand(const Arguments& arguments, Registries& registries) {
  const po::options_description options = Options();
  const po::variables_map values = ParseOptions(arguments, options, {{"config", 1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense run CONFIG [options]",
        "Runs the cells of a config that are not yet in the run folder's ledger, then writes "
        "cells.csv, "
        "table.{md,tex,csv},\nfigures, manifest.json and report.html there and prints the tables. "
        "The same command "
        "resumes a run that "
        "was stopped or killed.",
        options,
        "  chaosense run configs/quickstart.json\n"
        "  chaosense run quickstart --sweep seeds=[0],[1] --sweep rates=[0.25],[0.1] --jobs 2\n"
        "  chaosense run table1 --data-dir ~/datasets --set rates=[0.25,0.1] --out /tmp/table1\n");
    return 0;
  }
  if (values.count("config") == 0)
    throw ConfigError("run: which config? usage: chaosense run CONFIG");

  ManifestInput manifest;
  manifest.started = UtcNow();
  manifest.arguments = arguments;
  manifest.device = DeviceOf(values);
  manifest.build = BuildJson(GetBuildInfo());
  const bool retry_failed = RetryFailed(values);

  const Config config = LoadExperimentConfig(FindConfig(values["config"].as<std::string>()),
                                             OverridesOf(values),
                                             registries.experiments,
                                             SweepsOf(values));
  const fs::path folder = values.count("out") != 0 ? fs::path(values["out"].as<std::string>())
                                                   : fs::path("results") / "runs" /
                                                         config.value.at("name").get<std::string>();
  Execute execute = ExecuteOf(values, config);
  execute.options.folder = folder;
  execute.options.code = CodeVersion();
  execute.options.retry_failed = retry_failed;
  manifest.executor = execute.executor;
  manifest.jobs = execute.jobs;
  manifest.threads = execute.threads;
  SetThreads(manifest.threads);
  const DataFolder data = OpenDataFolder(values);
  CellContext context = MakeCellContext(data, registries);
  context.threads = context.fit.threads = manifest.threads;
  context.fit.device = manifest.device;
  const bool retrain = values["retrain"].as<bool>();
  context.fit.weights_to_come = retrain;
  const Outputs outputs(config);  // mistakes in tables show before the run
  Plan plan = MakePlan(config, registries, context);
  outputs.CheckTables(plan);
  const std::vector<std::string> models =
      retrain ? TrainableModels(plan, context) : std::vector<std::string>();
  if (values["dry-run"].as<bool>()) {
    for (const std::string& name : models) std::cout << fmt::format("to train: {}\n", name);
    return DryRun(plan, folder, execute);
  }
  RequireData(plan, data);

  EnsureWritableFolder(folder);
  const RunLock lock(folder);
  for (const fs::path& written : {folder, folder / "figures"}) RemoveTemporaryFiles(written);
  if (retrain) {
    context.fit.weights_to_come = false;
    RetrainModels(models, folder / "models", registries, context);
    context.fit.model_dir = folder / "models";
    plan = MakePlan(config, registries, context);  // other weights are other cells
  }
  Ledger ledger(folder);
  // Written before the run as well: a run that is killed leaves word of how it was started.
  Json made = MakeManifest(plan, data, manifest);
  made["outputs"] = OutputsOf(folder);
  WriteFileAtomically(folder / "manifest.json", made.dump(2) + "\n");
  const RunSummary summary =
      RunCells(plan, context, execute.options, *MakeExecutor(execute, folder), ledger);
  if (!summary.left_to.empty()) {
    std::cout << summary.left_to << "\n";
    return 0;
  }
  made.update(MakeManifest(plan, data, manifest));  // libraries loaded meanwhile
  return FinishRun(folder, plan, outputs, ledger, summary, made, registries);
}

}  // namespace chaosense
