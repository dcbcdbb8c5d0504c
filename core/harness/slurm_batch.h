// A batch: cells of a run given to Slurm at one time, as tasks 0 to N-1 of one or several job
// arrays. Its folder, slurm/batch-<number>/ of the run folder, holds the plan.json that its tasks
// read, the job script and the tasks' logs; the names of its jobs say where they belong. So a
// controller that starts anew finds in Slurm's queue alone which cells are being computed already.
#ifndef CHAOSENSE_CORE_HARNESS_SLURM_BATCH_H_
#define CHAOSENSE_CORE_HARNESS_SLURM_BATCH_H_

#include <compare>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/harness/plan_file.h"

namespace chaosense {

struct SlurmOptions {
  std::filesystem::path program;    // chaosense, absolute
  std::vector<std::string> sbatch;  // passed on, behind ours: they win
  int64_t cells_per_task = 0;       // 0: as many as make kUsualSlurmTasks tasks
  int64_t at_once = 0;              // tasks that may run at one time; 0: as many as Slurm likes
  int cpus = 0;                     // CPUs of a task, which are its threads; 0: as Slurm gives
  bool wait = true;                 // false: submit and leave
};

inline constexpr int64_t kUsualSlurmTasks = 100;

// Throws Error(kConfig) naming --slurm if an option is among those that a batch sets itself.
void CheckSlurmOptions(const std::vector<std::string>& sbatch);

// One task of a batch.
struct BatchTask {
  int64_t batch = 0;
  int64_t task = 0;
  auto operator<=>(const BatchTask&) const = default;
};

// Part of a batch: one job array.
struct BatchArray {
  int64_t batch = 0;
  int64_t tasks = 0;  // of the whole batch
  int64_t first = 0;  // the array's index 0 is this task
  int64_t count = 0;
  int64_t arrays = 1;  // of the whole batch: they share SlurmOptions::at_once
};

// "chaosense-1a2b3c4d.": what the names of all jobs of this run folder begin with.
std::string SlurmJobPrefix(const std::filesystem::path& run_folder);
std::string SlurmJobName(const std::filesystem::path& run_folder, const BatchArray& array);
// Of the job's name; `count` and `arrays` are not in it. Nothing if it is not of this run folder.
std::optional<BatchArray> ParseSlurmJobName(const std::filesystem::path& run_folder,
                                            const std::string& name);

std::filesystem::path BatchFolder(const std::filesystem::path& run_folder, int64_t batch);

// Makes the folder of a new batch, numbered behind those there are, with the plan and the script,
// and returns its arrays: `tasks` tasks, at most `max_array` in an array.
std::vector<BatchArray> MakeBatch(const std::filesystem::path& run_folder,
                                  const PlanFile& plan,
                                  int64_t tasks,
                                  int64_t max_array);

// The arguments of sbatch.
std::vector<std::string> SbatchArguments(const std::filesystem::path& run_folder,
                                         const BatchArray& array,
                                         const SlurmOptions& options,
                                         int retries);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_SLURM_BATCH_H_
