#include "core/harness/executor.h"

#include <chrono>
#include <new>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/signals.h"

namespace chaosense {
namespace {

class SerialExecutor : public Executor {
 public:
  void Run(Execution& execution) override {
    for (const Cell* cell : execution.cells()) {
      ThrowIfInterrupted();
      if (execution.stopped()) return;
      const LedgerRow row =
          RunCell(execution.plan(), *cell, execution.context(), execution.options());
      execution.Take({row});
      if (row.status == CellStatus::kInterrupted) throw Error(ErrorKind::kInterrupted, row.error);
    }
  }
};

}  // namespace

Execution::Execution(const Plan& plan,
                     std::vector<const Cell*> cells,
                     const CellContext& context,
                     const ExecutionOptions& options,
                     Ledger& ledger)
    : plan_(plan),
      cells_(std::move(cells)),
      context_(context),
      options_(options),
      ledger_(ledger),
      progress_("cells", static_cast<int64_t>(cells_.size())) {}

void Execution::Take(const std::vector<LedgerRow>& rows) {
  ledger_.Append(rows);
  Note(rows);
}

void Execution::Note(const std::vector<LedgerRow>& rows) {
  for (const LedgerRow& row : rows) {
    if (row.status == CellStatus::kInterrupted) continue;
    ++finished_;
    if (row.status != CellStatus::kFailed) continue;
    LogWarning("{} failed: {}", row.name, row.error);
    stopped_ = stopped_ || options_.fail_fast;
  }
  if (!rows.empty()) progress_.Update(finished_, rows.back().name);
}

std::unique_ptr<Executor> MakeSerialExecutor() { return std::make_unique<SerialExecutor>(); }

LedgerRow RunCell(const Plan& plan,
                  const Cell& cell,
                  const CellContext& context,
                  const ExecutionOptions& options) {
  CellContext own = context;
  own.folder = CellFolder(options.folder, cell.id);
  LedgerRow row;
  row.cell = cell.id;
  row.name = cell.Name();
  row.axes = cell.axes;
  row.code = options.code;
  row.started = UtcNow();
  const auto start = std::chrono::steady_clock::now();
  const auto fail = [&](const std::string& why, CellStatus status = CellStatus::kFailed) {
    row.status = status;
    row.error = why;
    row.result = CellResult();
  };
  // Whatever one cell does, the others stand.
  try {
    row.result = plan.experiments.at(cell.experiment)->Run(cell, own);
    for (const std::string& file : row.result.files) {
      CHAOSENSE_CHECK(
          std::filesystem::exists(own.folder / file), "the cell did not write its file {}", file);
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

}  // namespace chaosense
