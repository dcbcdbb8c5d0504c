#include "core/harness/slurm_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/harness/slurm_commands.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// Everything that varies comes as an argument, so that no path needs quoting.
constexpr char kScript[] = R"sh(#!/bin/bash
# One task of a batch: computes its share of the cells. A task that is told to stop (a time limit that comes near, or
# `scancel --signal=TERM`) keeps what it has finished and queues again, a few times.
program=$1 batch_folder=$2 tasks=$3 first=$4 restarts=$5

signalled=0
trap 'signalled=1; kill -TERM "$worker" 2>/dev/null' TERM
"$program" work "$batch_folder" --task $((first + SLURM_ARRAY_TASK_ID)) --tasks "$tasks" \
  --threads "${SLURM_CPUS_PER_TASK:-1}" &
worker=$!
while true; do
  wait "$worker"
  status=$?
  [ "$signalled" = 1 ] || break
  signalled=0  # the signal ended the wait, not the worker
done

case $status in
  2 | 3 | 126 | 127)  # it cannot compute anything here
    echo "$batch_folder/${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID.log" >"$batch_folder/broken" ;;
  130)  # interrupted; one that is being cancelled is no longer RUNNING
    if [ "${SLURM_RESTART_COUNT:-0}" -lt "$restarts" ] &&
        [ "$(squeue --noheader --jobs="$SLURM_JOB_ID" --format=%T)" = RUNNING ]; then
      trap '' TERM
      scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
    fi ;;
esac
exit $status
)sh";

constexpr char kScriptName[] = "job.sh";
constexpr char kSlurmFolder[] = "slurm";

// In the patterns of sbatch a % stands for something else unless it is doubled.
std::string Literally(std::string text) {
  for (size_t at = 0; (at = text.find('%', at)) != std::string::npos; at += 2) text.insert(at, "%");
  return text;
}

int64_t LastBatch(const fs::path& run_folder) {
  int64_t last = 0;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(run_folder / kSlurmFolder, none)) {
    long long number = 0;
    if (std::sscanf(entry.path().filename().c_str(), "batch-%lld", &number) == 1)
      last = std::max<int64_t>(last, number);
  }
  return last;
}

}  // namespace

void CheckSlurmOptions(const std::vector<std::string>& sbatch) {
  // A batch depends on these.
  static constexpr const char* kOurs[] = {"--array",
                                          "-a",
                                          "--job-name",
                                          "-J",
                                          "--output",
                                          "-o",
                                          "--error",
                                          "-e",
                                          "--chdir",
                                          "-D",
                                          "--wait",
                                          "-W",
                                          "--wrap",
                                          "--parsable",
                                          "--clusters",
                                          "-M",
                                          "--open-mode"};
  for (const std::string& word : sbatch) {
    if (!word.starts_with("-")) continue;
    for (const std::string ours : kOurs) {
      const bool same = ours.starts_with("--") ? word == ours || word.starts_with(ours + "=")
                                               : word.starts_with(ours) && !word.starts_with("--");
      if (same) throw ConfigError("--slurm: {} is set by the run itself and cannot be given", ours);
    }
  }
}

std::string SlurmJobPrefix(const fs::path& run_folder) {
  const std::string path = fs::weakly_canonical(run_folder).string();
  return fmt::format("chaosense-{}.", ToHex(Sha256Of(path)).substr(0, 8));
}

std::string SlurmJobName(const fs::path& run_folder, const BatchArray& array) {
  return fmt::format(
      "{}{}.{}.{}", SlurmJobPrefix(run_folder), array.batch, array.first, array.tasks);
}

std::optional<BatchArray> ParseSlurmJobName(const fs::path& run_folder, const std::string& name) {
  const std::string prefix = SlurmJobPrefix(run_folder);
  if (!name.starts_with(prefix)) return std::nullopt;
  long long batch = 0, first = 0, tasks = 0;
  int end = 0;
  const std::string rest = name.substr(prefix.size());
  const bool whole =
      std::sscanf(rest.c_str(), "%lld.%lld.%lld%n", &batch, &first, &tasks, &end) == 3 &&
      static_cast<size_t>(end) == rest.size();
  if (!whole || batch < 1 || first < 0 || tasks <= first) return std::nullopt;
  return BatchArray{.batch = batch, .tasks = tasks, .first = first};
}

fs::path BatchFolder(const fs::path& run_folder, int64_t batch) {
  return run_folder / kSlurmFolder / fmt::format("batch-{}", batch);
}

std::vector<BatchArray> MakeBatch(const fs::path& run_folder,
                                  const PlanFile& plan,
                                  int64_t tasks,
                                  int64_t max_array) {
  CHAOSENSE_CHECK(tasks >= 1 && max_array >= 1, "{} tasks, arrays of {}", tasks, max_array);
  const int64_t batch = LastBatch(run_folder) + 1;
  const fs::path folder = BatchFolder(run_folder, batch);
  WritePlanFile(folder, plan);
  WriteFileAtomically(folder / kScriptName, std::string_view(kScript));
  std::vector<BatchArray> arrays;
  const int64_t count = (tasks + max_array - 1) / max_array;
  for (int64_t first = 0; first < tasks; first += max_array)
    arrays.push_back({batch, tasks, first, std::min(max_array, tasks - first), count});
  return arrays;
}

std::vector<std::string> SbatchArguments(const fs::path& run_folder,
                                         const BatchArray& array,
                                         const SlurmOptions& options,
                                         int retries) {
  const fs::path run = fs::absolute(run_folder);
  const fs::path folder = BatchFolder(run, array.batch);
  std::string indices = fmt::format("0-{}", array.count - 1);
  if (options.at_once > 0)
    indices += fmt::format("%{}", std::max<int64_t>(1, options.at_once / array.arrays));
  std::vector<std::string> arguments = {"--requeue", "--signal=B:TERM@60"};
  if (options.cpus > 0) arguments.push_back(fmt::format("--cpus-per-task={}", options.cpus));
  arguments.insert(arguments.end(), options.sbatch.begin(), options.sbatch.end());
  const std::vector<std::string> fixed = {"--array=" + indices,
                                          "--job-name=" + SlurmJobName(run_folder, array),
                                          "--output=" + Literally(folder.string()) + "/%A_%a.log",
                                          "--open-mode=append",
                                          (folder / kScriptName).string(),
                                          options.program.string(),
                                          folder.string(),
                                          std::to_string(array.tasks),
                                          std::to_string(array.first),
                                          std::to_string(retries)};
  arguments.insert(arguments.end(), fixed.begin(), fixed.end());
  return arguments;
}

}  // namespace chaosense
