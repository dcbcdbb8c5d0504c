#include "experiments/cli/run_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "core/base/count.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/suggest.h"
#include "core/harness/local_executor.h"
#include "core/harness/manifest.h"
#include "core/harness/slurm_executor.h"
#include "experiments/cli/build_info.h"
#include "experiments/cli/command.h"
#include "experiments/cli/slurm_options.h"
#include "experiments/run_report.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

int64_t InRange(int64_t value, const char* option, int64_t least, int64_t most) {
  if (value < least || value > most)
    throw ConfigError("{}: {} is out of range, expected {} to {}", option, value, least, most);
  return value;
}

// Files of the folder's earlier outputs that are none any more. The manifest may have been written
// by anyone: only names that Outputs gives are followed.
void RemoveOthers(const fs::path& folder,
                  const Json& before,
                  const std::vector<std::string>& written) {
  for (const Json& one : before) {
    const fs::path name = one.is_string() ? one.get<std::string>() : std::string();
    const bool ours = name == "summary.md" || (name.string().starts_with("figures/") &&
                                               std::ranges::find(name, "..") == name.end());
    if (!ours || std::ranges::find(written, name.string()) != written.end()) continue;
    std::error_code none;
    if (fs::is_regular_file(folder / name, none)) fs::remove(folder / name, none);
    const fs::path place = folder / name.parent_path();
    if (name.has_parent_path() && fs::is_empty(place, none)) fs::remove(place, none);
  }
  std::error_code none;
  if (fs::is_empty(folder / "figures", none)) fs::remove(folder / "figures", none);
}

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
  options.add_options()(
      "executor",
      po::value<std::string>()->value_name("NAME"),
      "where cells are computed: serial (in this process), local (worker processes, --jobs of "
      "them) or slurm (job arrays); default: local with --jobs or a timeout, else serial")(
      "jobs,j",
      po::value<int64_t>()->value_name("N"),
      "local: worker processes (default: one for every core); they share the cores unless "
      "--threads says how many each gets")(
      "timeout",
      po::value<double>()->value_name("SECONDS"),
      "end a cell that takes longer; it counts as failed (default: the config's, else none)")(
      "retries",
      po::value<int64_t>()->value_name("N")->default_value(1),
      "local, slurm: how often a cell whose process was killed is tried again")(
      "fail-fast", po::bool_switch(), "end the run with the first cell that fails");
  AddSlurmOptions(options);
}

Execute ExecuteOf(const po::variables_map& values, const Config& config) {
  Execute execute;
  ExecutionOptions& options = execute.options;
  options.fail_fast = values["fail-fast"].as<bool>();
  options.retries = static_cast<int>(InRange(values["retries"].as<int64_t>(), "--retries", 0, 100));
  options.timeout_s = config.value.value("timeout", 0.0);
  if (values.count("timeout") != 0) {
    options.timeout_s = values["timeout"].as<double>();
    if (!(options.timeout_s > 0 && options.timeout_s <= 1e7))
      throw ConfigError("--timeout: expected seconds above 0 and at most 1e7");
  }
  const bool jobs_given = values.count("jobs") != 0;
  execute.executor = values.count("executor") != 0
                         ? ChoiceOf(values, "executor", {"serial", "local", "slurm"})
                     : jobs_given || options.timeout_s > 0 ? "local"
                                                           : "serial";
  if (jobs_given && execute.executor != "local")
    throw ConfigError("--jobs: belongs to --executor local");
  if (execute.executor != "slurm") RefuseSlurmOptions(values);
  if (execute.executor == "slurm") {
    execute.slurm = SlurmOptionsOf(values);
    execute.threads = std::max(1, execute.slurm.cpus);
    return execute;
  }
  if (execute.executor == "serial") {
    if (options.timeout_s > 0)
      throw ConfigError("--executor serial: knows no timeout; expected local");
  } else {
    const int64_t jobs = jobs_given                      ? values["jobs"].as<int64_t>()
                         : values.count("executor") != 0 ? AvailableCpus()
                                                         : 1;
    execute.jobs = static_cast<int>(InRange(jobs, "--jobs", 1, 1024));
  }
  execute.threads = values.count("threads") != 0 ? ThreadsOf(values)
                                                 : std::max(1, AvailableCpus() / execute.jobs);
  return execute;
}

std::unique_ptr<Executor> MakeExecutor(const Execute& execute, const fs::path& folder) {
  if (execute.executor == "serial") return MakeSerialExecutor();
  if (execute.executor == "slurm") return MakeSlurmExecutor(execute.slurm);
  return MakeLocalExecutor(execute.jobs, execute.threads, folder);
}

std::unique_ptr<Executor> MakeLocalExecutor(int jobs, int threads, const fs::path& folder) {
  LocalOptions local;
  local.jobs = jobs;
  local.threads = threads;
  local.command = {"/proc/self/exe",
                   "work",
                   fs::absolute(folder).string(),
                   "--serve",
                   std::to_string(::getpid()),
                   "--threads",
                   std::to_string(threads)};
  return MakeLocalExecutor(std::move(local));
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

Json OutputsOf(const fs::path& folder) {
  const fs::path file = folder / "manifest.json";
  if (!fs::is_regular_file(file)) return Json::array();
  const Json manifest = Json::parse(ReadTextFile(file), nullptr, /*allow_exceptions=*/false);
  const Json outputs = manifest.is_object() ? manifest.value("outputs", Json()) : Json();
  return outputs.is_array() ? outputs : Json::array();
}

int FinishRun(const fs::path& folder,
              const Plan& plan,
              const Outputs& outputs,
              const Ledger& ledger,
              const RunSummary& summary,
              const Json& manifest,
              const Registries& registries) {
  const Outputs::Written written = outputs.Write(folder, plan, ledger);
  std::cout << written.tables;
  Json finished = manifest;
  RemoveOthers(folder, manifest.value("outputs", Json::array()), written.files);
  finished["outputs"] = written.files;
  finished["cells"] = ToJson(summary);
  finished["finished"] = UtcNow();
  WriteFileAtomically(folder / "manifest.json", finished.dump(2) + "\n");
  WriteReport(folder, registries);
  std::cout << fmt::format("\nrun folder: {}\n", folder.string());
  if (std::filesystem::exists(folder / "summary.md"))
    std::cout << fmt::format("what it found, in words: {}\n", (folder / "summary.md").string());
  if (summary.failed + summary.not_run == 0) return 0;
  std::string text = Count(summary.cells, "cell") + ":";
  if (summary.failed > 0) text += fmt::format(" {} failed", summary.failed);
  if (summary.not_run > 0)
    text += fmt::format("{} {} not run", summary.failed > 0 ? "," : "", summary.not_run);
  if (summary.failed > 0) text += fmt::format("; the reasons are in {}", ledger.file().string());
  LogWarning("{}", text);
  return static_cast<int>(ErrorKind::kRun);
}

}  // namespace chaosense
