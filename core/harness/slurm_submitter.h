// Hands job arrays to Slurm as far as it has room for them.
#ifndef CHAOSENSE_CORE_HARNESS_SLURM_SUBMITTER_H_
#define CHAOSENSE_CORE_HARNESS_SLURM_SUBMITTER_H_

#include <deque>
#include <filesystem>
#include <set>
#include <vector>

#include "core/harness/slurm_batch.h"
#include "core/harness/slurm_commands.h"

namespace chaosense {

class SlurmSubmitter {
 public:
  // `retries`: how often an interrupted task queues again by itself. Asks Slurm for its limits.
  SlurmSubmitter(const std::filesystem::path& run_folder, const SlurmOptions& options, int retries);

  // Of a new batch (MakeBatch) with this plan; they wait to be submitted.
  std::vector<BatchArray> AddBatch(const PlanFile& plan, int64_t tasks);

  // Submits waiting arrays, first come first served, until one does not fit below MaxJobCount.
  // Returns those submitted. Throws SlurmUnavailable: to be called again then, nothing is submitted
  // twice.
  std::vector<BatchArray> SubmitWhatFits();

  // A job that an earlier controller submitted.
  void Adopt(int64_t job) { jobs_.insert(job); }
  void CancelAll();

  size_t waiting() const { return waiting_.size(); }
  const std::set<int64_t>& jobs() const { return jobs_; }
  const SlurmLimits& limits() const { return limits_; }

 private:
  int64_t Submit(const BatchArray& array);

  std::filesystem::path folder_;
  SlurmOptions options_;
  int retries_;
  SlurmLimits limits_;
  std::deque<BatchArray> waiting_;
  bool doubtful_ = false;  // whether the first that waits is submitted already
  std::set<int64_t> jobs_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_SLURM_SUBMITTER_H_
