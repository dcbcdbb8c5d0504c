// Runs the cells of a plan that the ledger does not have yet.
#ifndef CHAOSENSE_CORE_HARNESS_RUNNER_H_
#define CHAOSENSE_CORE_HARNESS_RUNNER_H_

#include <cstdint>
#include <vector>

#include "core/harness/executor.h"
#include "core/harness/ledger.h"
#include "core/harness/plan.h"

namespace chaosense {

struct RunSummary {
  int64_t cells = 0;
  int64_t cached = 0;  // ok in the ledger before the run
  int64_t ran = 0;
  int64_t failed = 0;   // of all cells, those with a failed row now
  int64_t not_run = 0;  // and those without one, or stopped in the middle
  std::string left_to;  // Execution::left_to
};

Json ToJson(const RunSummary& summary);

// Whether the cell must be run, given what the ledger has.
bool NeedsRun(const Cell& cell, const Ledger& ledger, bool retry_failed);

// The cells that must be run, each id once, in the order of execution: the plan's, but cells that
// share a preparation (Cell::shares) one after the other.
std::vector<const Cell*> CellsToRun(const Plan& plan, const Ledger& ledger, bool retry_failed);

// Counts all cells of the plan into `summary`, and those that failed or were not run.
void CountCells(const Plan& plan, const Ledger& ledger, RunSummary& summary);

// Takes in what workers of an earlier execution left (Collect), writes plan.json and lets the
// executor compute what is missing. A cell that fails becomes a failed row and the run goes on;
// Error(kInterrupted) ends it.
RunSummary RunCells(const Plan& plan,
                    const CellContext& context,
                    const ExecutionOptions& options,
                    Executor& executor,
                    Ledger& ledger);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_RUNNER_H_
