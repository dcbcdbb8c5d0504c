// One of several processes that compute the cells of one run, each with a ledger of its own: a task
// of a cluster's job array.
#ifndef CHAOSENSE_CORE_HARNESS_WORKER_H_
#define CHAOSENSE_CORE_HARNESS_WORKER_H_

#include <cstdint>
#include <vector>

#include "core/harness/executor.h"
#include "core/harness/plan_file.h"

namespace chaosense {

// The share of task `task` of `tasks` (0 <= task < tasks) of the cells to run: consecutive ones, so
// that cells that share a preparation stay together. All shares together are all cells, each once.
std::vector<std::string> ShareOf(const std::vector<std::string>& to_run,
                                 int64_t task,
                                 int64_t tasks);

// Computes the share's cells that no ledger of the run has yet, and appends them to
// ledgers/<file.ledger_prefix>task-<task>.jsonl of the run folder. Cells that failed since the plan
// was written stay failed: a task that is started again goes on. Throws Error(kConfig) if another
// process works on the same task, Error(kInterrupted) after SIGTERM. `plan` as of RemakePlan.
// Returns the number of failed cells of the share.
int64_t RunTask(const PlanFile& file,
                const Plan& plan,
                const CellContext& context,
                int64_t task,
                int64_t tasks,
                Executor& executor);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_WORKER_H_
