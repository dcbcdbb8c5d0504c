// plan.json of a run folder: all that a worker process, on this machine or another one that sees
// the folder, needs to compute cells of the run. A folder below it may hold one of its own, with
// other cells to run: a batch given to a cluster.
#ifndef CHAOSENSE_CORE_HARNESS_PLAN_FILE_H_
#define CHAOSENSE_CORE_HARNESS_PLAN_FILE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "core/harness/executor.h"
#include "core/harness/plan.h"

namespace chaosense {

struct PlanFile {
  Config config;                            // resolved
  std::filesystem::path working_directory;  // of the run: paths in configs are relative to it
  std::filesystem::path data_dir;           // absolute, or empty
  std::filesystem::path model_dir;          // absolute
  std::string device;
  int threads = 1;
  ExecutionOptions options;         // `folder`, the run's, may be moved with all in it
  std::string ledger_prefix;        // of task ledgers: "batch-2-" of a folder below, else ""
  std::string written;              // UTC
  std::vector<std::string> cells;   // ids of the whole plan, in its order
  std::vector<std::string> to_run;  // ids to compute, in the order of execution
};

PlanFile MakePlanFile(const Plan& plan,
                      const std::vector<const Cell*>& to_run,
                      const CellContext& context,
                      const ExecutionOptions& options);

// Atomically.
void WritePlanFile(const std::filesystem::path& folder, const PlanFile& plan);

// Throws Error(kConfig) if there is none or it is damaged.
PlanFile ReadPlanFile(const std::filesystem::path& folder);

// The plan made again from the file's config, as MakePlan. Throws Error(kConfig) if its cells are
// not those of the file: program, data or weights are not the run's.
Plan RemakePlan(const PlanFile& file, Registries& registries, const CellContext& context);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_PLAN_FILE_H_
