// The Slurm commands that a run needs, called as programs (argument vectors, no shell): what the
// cluster allows, submitting and cancelling job arrays, what is in the queue. Nothing of accounting
// (sacct) is used, which many small clusters do not have.
#ifndef CHAOSENSE_CORE_HARNESS_SLURM_COMMANDS_H_
#define CHAOSENSE_CORE_HARNESS_SLURM_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace chaosense {

// slurmctld does not answer or has no room just now: worth trying again.
class SlurmUnavailable : public Error {
 public:
  explicit SlurmUnavailable(const std::string& message) : Error(ErrorKind::kRun, message) {}
};

struct SlurmLimits {
  int64_t max_array_size = 0;  // an array's indices are below it
  int64_t max_jobs = 0;        // that slurmctld holds at one time, all users' together
};

// One element of a job array, as squeue sees it.
struct SlurmTask {
  std::string job_name;
  int64_t array_job = 0;
  int64_t index = 0;
  std::string state;   // "PENDING", "RUNNING", "TIMEOUT", ...
  std::string reason;  // why it is pending, or what ended it

  bool ended() const;  // and will not start again
  std::string id() const { return fmt::format("{}_{}", array_job, index); }
};

// All throw SlurmUnavailable, else Error(kConfig) with Slurm's own words; Error(kInterrupted).
SlurmLimits ReadSlurmLimits();

// Our user's array elements whose job name begins with `prefix`: those in the queue, and those that
// ended less than MinJobAge ago (300 s unless the cluster says otherwise).
std::vector<SlurmTask> FindSlurmTasks(const std::string& prefix);

// Of all users, array elements counted one by one.
int64_t CountSlurmJobs();

// sbatch with these arguments; returns the job's number.
int64_t SubmitSlurmJob(const std::vector<std::string>& arguments);

// Whole arrays, by their numbers; those that have ended already are no mistake.
void CancelSlurmJobs(const std::vector<int64_t>& jobs);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_SLURM_COMMANDS_H_
