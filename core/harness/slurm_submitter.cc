#include "core/harness/slurm_submitter.h"

#include <algorithm>
#include <utility>

#include "core/base/log.h"

namespace chaosense {

SlurmSubmitter::SlurmSubmitter(const std::filesystem::path& run_folder,
                               const SlurmOptions& options,
                               int retries)
    : folder_(run_folder), options_(options), retries_(retries), limits_(ReadSlurmLimits()) {}

std::vector<BatchArray> SlurmSubmitter::AddBatch(const PlanFile& plan, int64_t tasks) {
  // An array must leave room in Slurm's memory for other jobs.
  const int64_t most = std::max<int64_t>(1, std::min(limits_.max_array_size, limits_.max_jobs / 2));
  const std::vector<BatchArray> arrays = MakeBatch(folder_, plan, tasks, most);
  waiting_.insert(waiting_.end(), arrays.begin(), arrays.end());
  return arrays;
}

std::vector<BatchArray> SlurmSubmitter::SubmitWhatFits() {
  std::vector<BatchArray> submitted;
  while (!waiting_.empty()) {
    const BatchArray array = waiting_.front();
    try {
      if (!doubtful_ && CountSlurmJobs() + array.count > limits_.max_jobs) break;
      const int64_t job = Submit(array);
      LogInfo("submitted job {}: {} tasks", job, array.count);
      jobs_.insert(job);
    } catch (const SlurmUnavailable&) {
      if (submitted.empty()) throw;
      break;
    }
    submitted.push_back(array);
    waiting_.pop_front();
  }
  return submitted;
}

// An sbatch that failed for want of an answer may have submitted the array all the same.
int64_t SlurmSubmitter::Submit(const BatchArray& array) {
  if (std::exchange(doubtful_, true)) {
    for (const SlurmTask& found : FindSlurmTasks(SlurmJobName(folder_, array))) {
      doubtful_ = false;
      return found.array_job;
    }
  }
  const int64_t job = SubmitSlurmJob(SbatchArguments(folder_, array, options_, retries_));
  doubtful_ = false;
  return job;
}

void SlurmSubmitter::CancelAll() {
  if (!jobs_.empty()) CancelSlurmJobs({jobs_.begin(), jobs_.end()});
}

}  // namespace chaosense
