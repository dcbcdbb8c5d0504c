// What `run`, `work` and `collect` share: the options of an execution, a process's context from a
// run's plan.json, and how a run folder is completed.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_RUN_FOLDER_H_
#define CHAOSENSE_EXPERIMENTS_CLI_RUN_FOLDER_H_

#include <boost/program_options.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "core/harness/executor.h"
#include "core/harness/plan_file.h"
#include "core/harness/runner.h"
#include "core/harness/slurm_batch.h"
#include "experiments/cli/outputs.h"

namespace chaosense {

// How a run is executed, as the command line and the config's "timeout" say.
struct Execute {
  std::string executor;  // "serial", "local", "slurm"
  int jobs = 1;          // worker processes
  int threads = 1;       // of each process
  ExecutionOptions options;
  SlurmOptions slurm;  // of executor "slurm"
};
void AddExecutionOptions(boost::program_options::options_description& options);
// Throws Error(kConfig) for values out of range and what does not go together.
Execute ExecuteOf(const boost::program_options::variables_map& values, const Config& config);
// `folder`: the run's.
std::unique_ptr<Executor> MakeExecutor(const Execute& execute, const std::filesystem::path& folder);
std::unique_ptr<Executor> MakeLocalExecutor(int jobs,
                                            int threads,
                                            const std::filesystem::path& folder);

std::string CodeVersion();  // "0.1 a1b2c3 modified", for the ledger

// A run that was started: its plan.json and the plan made from it, ready to compute cells.
struct StartedRun {
  PlanFile file;
  DataFolder data;
  CellContext context;
  Plan plan;
};
// Makes the run's working directory this process's and sets the threads (0: as the run's). Throws
// Error(kConfig) if the folder holds no run.
std::unique_ptr<StartedRun> OpenRun(const std::filesystem::path& folder,
                                    int threads,
                                    Registries& registries);

// The files that the folder's last run wrote, by its manifest ("outputs"): to be removed by the
// next one if it does not write them.
Json OutputsOf(const std::filesystem::path& folder);

// Writes tables and the like, manifest.json (given as it was at the start) and report.html, prints
// the tables; removes what the manifest's "outputs" name and this run does not write. Returns the
// exit code: 1 if cells failed or were not run.
int FinishRun(const std::filesystem::path& folder,
              const Plan& plan,
              const Outputs& outputs,
              const Ledger& ledger,
              const RunSummary& summary,
              const Json& manifest,
              const Registries& registries);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_RUN_FOLDER_H_
