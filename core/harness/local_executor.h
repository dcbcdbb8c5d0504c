// Cells in worker processes of this machine, which stay for many cells. The controller alone writes
// the ledger; workers get cells and give rows over pipes, and die with the controller.
#ifndef CHAOSENSE_CORE_HARNESS_LOCAL_EXECUTOR_H_
#define CHAOSENSE_CORE_HARNESS_LOCAL_EXECUTOR_H_

#include <memory>
#include <string>
#include <vector>

#include "core/harness/executor.h"

namespace chaosense {

struct LocalOptions {
  // Starts a worker, a program that ends up in ServeCells for the run's plan.json, speaking through
  // its standard input and output. [0] is the program's path.
  std::vector<std::string> command;
  int jobs = 1;
  int threads = 1;  // of each worker: told to its libraries by environment
};

// A cell whose process is killed (by the kernel for want of memory, say) is tried again
// options.retries times, then it is a failed row "worker killed by signal 9". A cell that takes
// longer than options.timeout_s is ended, SIGTERM first and SIGKILL two seconds later, and is a
// failed row "timed out after ...". Throws Error(kRun) if workers cannot be started.
std::unique_ptr<Executor> MakeLocalExecutor(LocalOptions options);

// The worker's side: says "ready", then reads numbers of the plan's cells, one a line, and answers
// each with its row as a line of JSON. Returns at the end of the input; throws Error(kInterrupted)
// after SIGTERM, the row of the cell in hand having been written as interrupted.
void ServeCells(const Plan& plan,
                const CellContext& context,
                const ExecutionOptions& options,
                int input,
                int output);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_LOCAL_EXECUTOR_H_
