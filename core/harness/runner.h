// Runs the cells of a plan that the ledger does not have yet.
#ifndef CHAOSENSE_CORE_HARNESS_RUNNER_H_
#define CHAOSENSE_CORE_HARNESS_RUNNER_H_

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/harness/ledger.h"
#include "core/harness/plan.h"

namespace chaosense {

struct RunOptions {
  std::filesystem::path folder;  // the run folder, which the caller holds locked
  bool retry_failed = true;      // false: cells that failed before stay failed
  std::string code;              // code version, for the ledger
};

struct RunSummary {
  int64_t cells = 0;
  int64_t cached = 0;  // ok in the ledger before the run
  int64_t ran = 0;
  int64_t failed = 0;  // of all cells, those without an ok row now
};

// Whether the cell must be run, given what the ledger has.
bool NeedsRun(const Cell& cell, const Ledger& ledger, bool retry_failed);

// In the plan's order. A cell that throws becomes a failed row and the run goes on; only
// Error(kInterrupted) ends it: thrown on once the row is written. `context` is lent to every cell
// with its own folder.
RunSummary RunCells(const Plan& plan,
                    const CellContext& context,
                    const RunOptions& options,
                    Ledger& ledger);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_RUNNER_H_
