// Computes cells as Slurm job arrays. Each task computes a share of the cells (`chaosense work`)
// into a ledger of its own; the controller, which this is, submits, takes the rows in as they come,
// and submits again what tasks left undone that were killed, lost or cut off by a time limit.
#ifndef CHAOSENSE_CORE_HARNESS_SLURM_EXECUTOR_H_
#define CHAOSENSE_CORE_HARNESS_SLURM_EXECUTOR_H_

#include <memory>

#include "core/harness/executor.h"
#include "core/harness/slurm_batch.h"

namespace chaosense {

// A cell whose task ended options().retries + 1 times without a row for it gets a failed one; on a
// second try it has a task to itself. Tasks that somebody cancelled are not submitted again: once
// nothing else is left, Run throws Error(kInterrupted), as it does when SIGINT or SIGTERM reaches
// the controller, whose jobs then go on. A controller that is started again takes over what is in
// the queue. Throws Error(kConfig) if Slurm refuses the jobs.
std::unique_ptr<Executor> MakeSlurmExecutor(const SlurmOptions& options);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_SLURM_EXECUTOR_H_
