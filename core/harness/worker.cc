#include "core/harness/worker.h"

#include <fmt/format.h>

#include <map>
#include <string>

#include "core/base/count.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/harness/runner.h"

namespace chaosense {

std::vector<std::string> ShareOf(const std::vector<std::string>& to_run,
                                 int64_t task,
                                 int64_t tasks) {
  CHAOSENSE_CHECK(tasks >= 1 && task >= 0 && task < tasks, "task {} of {}", task, tasks);
  const auto count = static_cast<int64_t>(to_run.size());
  return {to_run.begin() + count * task / tasks, to_run.begin() + count * (task + 1) / tasks};
}

int64_t RunTask(const PlanFile& file,
                const Plan& plan,
                const CellContext& context,
                int64_t task,
                int64_t tasks,
                Executor& executor) {
  const std::string name = fmt::format("{}task-{}", file.ledger_prefix, task);
  EnsureWritableFolder(file.options.folder / kLedgersFolder);
  const RunLock lock(file.options.folder / kLedgersFolder, name + ".lock");
  Ledger ledger(file.options.folder, name);
  std::map<std::string, const Cell*> by_id;
  for (const Cell& cell : plan.cells) by_id.emplace(cell.id, &cell);
  const std::vector<std::string> share = ShareOf(file.to_run, task, tasks);
  std::vector<const Cell*> cells;
  for (const std::string& id : share) {
    const Cell* cell = by_id.at(id);
    const LedgerRow* row = ledger.Find(id);
    const bool failed_now =
        row != nullptr && row->status == CellStatus::kFailed && row->finished >= file.written;
    if (!failed_now && NeedsRun(*cell, ledger, /*retry_failed=*/true)) cells.push_back(cell);
  }
  LogInfo("task {} of {}: {}, {} to run",
          task,
          tasks,
          Count(static_cast<int64_t>(share.size()), "cell"),
          cells.size());
  Execution execution(plan, cells, context, file.options, ledger);
  if (!cells.empty()) executor.Run(execution);
  int64_t failed = 0;
  for (const std::string& id : share) {
    const LedgerRow* row = ledger.Find(id);
    if (row == nullptr || row->status != CellStatus::kOk) ++failed;
  }
  return failed;
}

}  // namespace chaosense
