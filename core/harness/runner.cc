#include "core/harness/runner.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/base/count.h"
#include "core/base/log.h"
#include "core/harness/plan_file.h"

namespace chaosense {

Json ToJson(const RunSummary& summary) {
  return {{"total", summary.cells},
          {"cached", summary.cached},
          {"ran", summary.ran},
          {"failed", summary.failed},
          {"not_run", summary.not_run}};
}

bool NeedsRun(const Cell& cell, const Ledger& ledger, bool retry_failed) {
  const LedgerRow* row = ledger.Find(cell.id);
  if (row == nullptr || row->status == CellStatus::kInterrupted) return true;
  return row->status == CellStatus::kFailed && retry_failed;
}

std::vector<const Cell*> CellsToRun(const Plan& plan, const Ledger& ledger, bool retry_failed) {
  std::vector<std::pair<size_t, const Cell*>> cells;  // with the place of their group
  std::set<std::string> seen;
  std::map<std::string, size_t> groups;
  for (const Cell& cell : plan.cells) {
    if (!NeedsRun(cell, ledger, retry_failed) || !seen.insert(cell.id).second) continue;
    const size_t next = cells.size();
    cells.emplace_back(cell.shares.empty() ? next : groups.emplace(cell.shares, next).first->second,
                       &cell);
  }
  std::stable_sort(
      cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Cell*> ordered;
  for (const auto& [group, cell] : cells) ordered.push_back(cell);
  return ordered;
}

void CountCells(const Plan& plan, const Ledger& ledger, RunSummary& summary) {
  std::set<std::string> ids;
  for (const Cell& cell : plan.cells) {
    if (!ids.insert(cell.id).second) continue;
    const LedgerRow* row = ledger.Find(cell.id);
    if (row != nullptr && row->status == CellStatus::kOk) continue;
    ++(row != nullptr && row->status == CellStatus::kFailed ? summary.failed : summary.not_run);
  }
  summary.cells = static_cast<int64_t>(ids.size());
}

RunSummary RunCells(const Plan& plan,
                    const CellContext& context,
                    const ExecutionOptions& options,
                    Executor& executor,
                    Ledger& ledger) {
  Collect(options.folder, ledger);
  RunSummary summary;
  std::set<std::string> ids;
  for (const Cell& cell : plan.cells) {
    if (!ids.insert(cell.id).second) continue;
    const LedgerRow* row = ledger.Find(cell.id);
    if (row != nullptr && row->status == CellStatus::kOk) ++summary.cached;
  }
  const auto cells = static_cast<int64_t>(ids.size());
  const std::vector<const Cell*> to_run = CellsToRun(plan, ledger, options.retry_failed);
  LogInfo("{}: {} done, {} to run", Count(cells, "cell"), summary.cached, to_run.size());
  if (!to_run.empty()) {
    WritePlanFile(options.folder, MakePlanFile(plan, to_run, context, options));
    Execution execution(plan, to_run, context, options, ledger);
    try {
      executor.Run(execution);
    } catch (...) {
      ledger.Sync();
      throw;
    }
    ledger.Sync();
    summary.ran = execution.finished();
    summary.left_to = execution.left_to();
  }
  CountCells(plan, ledger, summary);
  return summary;
}

}  // namespace chaosense
