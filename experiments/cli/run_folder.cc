#include "experiments/cli/run_folder.h"

#include <fmt/format.h>

#include <iostream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/harness/manifest.h"
#include "experiments/cli/build_info.h"
#include "experiments/cli/command.h"
#include "experiments/run_report.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

// The results stand even where the page cannot be made.
void WriteReport(const fs::path& folder, const Registries& registries) {
  try {
    WriteFileAtomically(folder / "report.html", RenderReport(MakeReport({folder}, registries)));
  } catch (const Error& error) {
    LogWarning("report.html could not be made: {}", error.what());
  }
}

}  // namespace

void AddExecutionOptions(po::options_description& options) {
  options.add_options()("executor",
                        po::value<std::string>()->value_name("NAME")->default_value("serial"),
                        "where cells are computed: serial (in this process)")(
      "fail-fast", po::bool_switch(), "end the run with the first cell that fails");
}

ExecutionOptions ExecutionOptionsOf(const po::variables_map& values, ExecutionOptions defaults) {
  defaults.fail_fast = values["fail-fast"].as<bool>();
  return defaults;
}

std::unique_ptr<Executor> MakeExecutor(const po::variables_map& values) {
  const std::string name = values["executor"].as<std::string>();
  if (name != "serial")
    throw ConfigError("--executor: \"{}\" is not allowed; allowed: serial", name);
  return MakeSerialExecutor();
}

std::string CodeVersion() {
  const BuildInfo& build = GetBuildInfo();
  return fmt::format("{} {}{}",
                     build.version,
                     build.commit.empty() ? "no commit" : build.commit.substr(0, 12),
                     build.dirty ? " modified" : "");
}

std::unique_ptr<StartedRun> OpenRun(const fs::path& folder, int threads, Registries& registries) {
  PlanFile file = ReadPlanFile(fs::absolute(folder));
  std::error_code error;
  fs::current_path(file.working_directory, error);
  if (error) {
    throw ConfigError("{}: the run's working directory {} is not to be had: {}",
                      folder.string(),
                      file.working_directory.string(),
                      error.message());
  }
  const DataFolder data(file.data_dir, ProjectFolder() / "datasets");
  auto run = std::unique_ptr<StartedRun>(new StartedRun{std::move(file), data, {}, {}});
  run->context = MakeCellContext(run->data, registries);
  run->context.fit.model_dir = run->file.model_dir;
  run->context.fit.device = run->file.device;
  run->context.threads = run->context.fit.threads = threads == 0 ? run->file.threads : threads;
  SetThreads(run->context.threads);
  run->plan = RemakePlan(run->file, registries, run->context);
  return run;
}

int FinishRun(const fs::path& folder,
              const Plan& plan,
              const Outputs& outputs,
              const Ledger& ledger,
              const RunSummary& summary,
              const Json& manifest,
              const Registries& registries) {
  std::cout << outputs.Write(folder, plan, ledger);
  Json finished = manifest;
  finished["cells"] = ToJson(summary);
  finished["finished"] = UtcNow();
  WriteFileAtomically(folder / "manifest.json", finished.dump(2) + "\n");
  WriteReport(folder, registries);
  std::cout << fmt::format("\nrun folder: {}\n", folder.string());
  if (summary.failed == 0) return 0;
  LogWarning("{} of {} cells failed; the reasons are in {}",
             summary.failed,
             summary.cells,
             ledger.file().string());
  return static_cast<int>(ErrorKind::kRun);
}

}  // namespace chaosense
