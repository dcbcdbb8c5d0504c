// How the cells of a run are computed: in this process, in worker processes, on a cluster. Cells
// are pure functions, so results do not depend on the choice; only the order of the ledger's lines
// does.
#ifndef CHAOSENSE_CORE_HARNESS_EXECUTOR_H_
#define CHAOSENSE_CORE_HARNESS_EXECUTOR_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/harness/ledger.h"
#include "core/harness/plan.h"

namespace chaosense {

struct ExecutionOptions {
  std::filesystem::path folder;  // the run folder, which the caller holds locked
  std::string code;              // code version, for the ledger
  bool retry_failed = true;      // false: cells that failed before stay failed
  double timeout_s = 0;          // for each cell, wall clock; 0: none
  int retries = 1;               // how often a cell whose process was killed is tried again
  bool fail_fast = false;        // the first failed cell ends the run
};

// What an executor works on, and the one way in which its results enter the ledger.
class Execution {
 public:
  // `cells`: those to compute, ids distinct, in the order of execution. All must outlive this.
  Execution(const Plan& plan,
            std::vector<const Cell*> cells,
            const CellContext& context,
            const ExecutionOptions& options,
            Ledger& ledger);

  const Plan& plan() const { return plan_; }
  const std::vector<const Cell*>& cells() const { return cells_; }
  const CellContext& context() const { return context_; }
  const ExecutionOptions& options() const { return options_; }
  Ledger& ledger() { return ledger_; }

  // Appends rows of finished cells to the ledger (durably), tells of failures and shows progress.
  void Take(const std::vector<LedgerRow>& rows);
  // The same for rows that are in the ledger already (Collect of ledger.h has put them there).
  void Note(const std::vector<LedgerRow>& rows);

  int64_t finished() const { return finished_; }  // rows taken or noted, interrupted ones aside
  // Cells that are not finished are left to be computed elsewhere; `where` tells the user how to
  // get at them.
  void LeaveTo(const std::string& where) { left_to_ = where; }
  const std::string& left_to() const { return left_to_; }  // empty: nothing is left

  // Whether no more cells should be started: a cell failed and options().fail_fast.
  bool stopped() const { return stopped_; }

 private:
  const Plan& plan_;
  std::vector<const Cell*> cells_;
  const CellContext& context_;
  const ExecutionOptions& options_;
  Ledger& ledger_;
  Progress progress_;
  int64_t finished_ = 0;
  bool stopped_ = false;
  std::string left_to_;
};

class Executor {
 public:
  virtual ~Executor() = default;

  // Returns when each cell has its row, or after stopped() or Execution::LeaveTo. Throws
  // Error(kInterrupted) when SIGINT or SIGTERM came, having kept what is finished; Error(kRun) if
  // cells cannot be computed at all.
  virtual void Run(Execution& execution) = 0;
};

// One cell after the other in this process. Knows no timeout: nothing could end a cell.
std::unique_ptr<Executor> MakeSerialExecutor();

// Computes one cell. Whatever it throws becomes a failed row; Error(kInterrupted) an interrupted
// one. `context.folder` is set to the cell's own.
LedgerRow RunCell(const Plan& plan,
                  const Cell& cell,
                  const CellContext& context,
                  const ExecutionOptions& options);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_EXECUTOR_H_
