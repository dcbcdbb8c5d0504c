#include "core/harness/runner.h"

#include <chrono>
#include <new>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/progress.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

LedgerRow RunCell(const Experiment& experiment, const Cell& cell, const CellContext& context) {
  LedgerRow row;
  row.cell = cell.id;
  row.name = cell.Name();
  row.axes = cell.axes;
  row.started = UtcNow();
  const auto start = std::chrono::steady_clock::now();
  const auto fail = [&](const std::string& why, CellStatus status = CellStatus::kFailed) {
    row.status = status;
    row.error = why;
    row.result = CellResult();
  };
  // Whatever one cell does, the others stand.
  try {
    row.result = experiment.Run(cell, context);
    for (const std::string& file : row.result.files) {
      CHAOSENSE_CHECK(std::filesystem::exists(context.folder / file),
                      "the cell did not write its file {}",
                      file);
    }
  } catch (const Error& error) {
    fail(error.what(),
         error.kind() == ErrorKind::kInterrupted ? CellStatus::kInterrupted : CellStatus::kFailed);
  } catch (const InternalError& error) {
    fail(std::string("internal error, please report it: ") + error.what());
  } catch (const std::bad_alloc&) {
    fail("not enough memory");
  } catch (const std::exception& error) {
    fail(std::string("unexpected error, please report it: ") + error.what());
  }
  row.finished = UtcNow();
  row.result.notes["wall_seconds"] =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return row;
}

}  // namespace

bool NeedsRun(const Cell& cell, const Ledger& ledger, bool retry_failed) {
  const LedgerRow* row = ledger.Find(cell.id);
  if (row == nullptr || row->status == CellStatus::kInterrupted) return true;
  return row->status == CellStatus::kFailed && retry_failed;
}

RunSummary RunCells(const Plan& plan,
                    const CellContext& context,
                    const RunOptions& options,
                    Ledger& ledger) {
  RunSummary summary;
  summary.cells = static_cast<int64_t>(plan.cells.size());
  std::vector<const Cell*> to_run;
  for (const Cell& cell : plan.cells) {
    if (NeedsRun(cell, ledger, options.retry_failed)) {
      to_run.push_back(&cell);
    } else if (ledger.Find(cell.id)->status == CellStatus::kOk) {
      ++summary.cached;
    }
  }
  LogInfo("{} cells: {} done, {} to run", summary.cells, summary.cached, to_run.size());
  Progress progress("cells", static_cast<int64_t>(to_run.size()));
  for (const Cell* cell : to_run) {
    ThrowIfInterrupted();
    progress.Update(summary.ran, cell->Name());
    CellContext own = context;
    own.folder = CellFolder(options.folder, cell->id);
    LedgerRow row = RunCell(*plan.experiment, *cell, own);
    row.code = options.code;
    ledger.Append(row);
    if (row.status == CellStatus::kInterrupted) throw Error(ErrorKind::kInterrupted, row.error);
    if (row.status == CellStatus::kFailed) LogWarning("{} failed: {}", row.name, row.error);
    ++summary.ran;
  }
  if (!to_run.empty()) progress.Update(summary.ran);
  for (const Cell& cell : plan.cells) {
    const LedgerRow* row = ledger.Find(cell.id);
    if (row == nullptr || row->status != CellStatus::kOk) ++summary.failed;
  }
  return summary;
}

}  // namespace chaosense
