#include "core/harness/local_executor.h"

#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/progress.h"
#include "core/base/signals.h"
#include "core/harness/schedule.h"
#include "core/harness/worker_process.h"

namespace chaosense {
namespace {

using Clock = WorkerProcess::Clock;

constexpr std::chrono::seconds kGrace{2};      // from SIGTERM to SIGKILL of a cell out of time
constexpr std::chrono::seconds kFarewell{10};  // for workers to end by themselves
constexpr int kMostFailedStarts = 3;           // in a row

// One run of the executor.
class Controller {
 public:
  Controller(const LocalOptions& options, Execution& execution)
      : options_(options),
        execution_(execution),
        workers_(std::min(static_cast<size_t>(options.jobs), execution.cells().size())),
        schedule_(execution.cells(), workers_.size()) {
    const std::vector<Cell>& cells = execution.plan().cells;
    for (size_t i = 0; i < cells.size(); ++i) number_of_.emplace(cells[i].id, i);
  }

  void Run() {
    while (!execution_.stopped() && !InterruptRequested()) {
      const bool working = GiveWork();
      if (!working) break;
      Wait();
      Hear();
      EndLateCells();
    }
    EndWorkers();
    ThrowIfInterrupted();
  }

 private:
  struct Slot {
    std::unique_ptr<WorkerProcess> process;
    bool late = false;  // its cell is out of time
    Clock::time_point killed_at;
  };

  // Every idle worker gets a cell; workers are started while there is work for them. Whether any
  // cell is in hand or being waited for.
  bool GiveWork() {
    bool working = false;
    for (size_t i = 0; i < workers_.size(); ++i) {
      Slot& slot = workers_[i];
      if (slot.process == nullptr && !schedule_.empty())
        slot.process = std::make_unique<WorkerProcess>(options_);
      if (slot.process == nullptr) continue;
      const bool idle = slot.process->ready() && slot.process->cell() == nullptr;
      if (idle && !slot.late) {
        if (const Cell* cell = schedule_.Next(i)) slot.process->Give(cell, number_of_.at(cell->id));
      }
      working = working || slot.process->cell() != nullptr || !schedule_.empty();
    }
    return working;
  }

  void Wait() const {
    std::vector<pollfd> polled;
    auto wake = Clock::now() + std::chrono::seconds(1);
    for (const Slot& slot : workers_) {
      if (slot.process == nullptr) continue;
      polled.push_back({slot.process->output(), POLLIN, 0});
      if (slot.late) {
        wake = std::min(wake, slot.killed_at);
      } else if (slot.process->cell() != nullptr && execution_.options().timeout_s > 0) {
        wake = std::min(wake, DeadlineOf(*slot.process));
      }
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(wake - Clock::now()).count();
    ::poll(polled.data(), polled.size(), static_cast<int>(std::max<int64_t>(0, left) + 1));
  }

  // Takes in rows, all at once, and sees who has died.
  void Hear() {
    std::vector<LedgerRow> rows;
    for (Slot& slot : workers_) {
      if (slot.process == nullptr) continue;
      const Cell* cell = slot.process->cell();
      if (std::optional<LedgerRow> row = slot.process->Read()) {
        failed_starts_ = 0;
        // Ended by us: it would say "interrupted".
        if (slot.late && row->status != CellStatus::kOk)
          row = FailedRow(*cell, LateReason(), slot.process->started());
        rows.push_back(std::move(*row));
      }
      if (slot.process->output() < 0) Bury(slot, rows);
    }
    execution_.Take(rows);
  }

  void Bury(Slot& slot, std::vector<LedgerRow>& rows) {
    const std::unique_ptr<WorkerProcess> process = std::move(slot.process);
    const bool late = std::exchange(slot.late, false);
    const Cell* cell = process->cell();
    const std::string end = DescribeEnd(process->Reap(Clock::now() + kGrace));
    if (!process->ready() && ++failed_starts_ >= kMostFailedStarts)
      throw RunError("workers cannot be started: {}", end);
    if (cell == nullptr) return;
    if (late) {
      rows.push_back(FailedRow(*cell, LateReason(), process->started()));
    } else if (++deaths_[cell->id] <= execution_.options().retries) {
      LogWarning("{}: {}; it is tried again", cell->Name(), end);
      schedule_.PutBack(cell);
    } else {
      rows.push_back(FailedRow(*cell, end, process->started()));
    }
  }

  void EndLateCells() {
    if (execution_.options().timeout_s <= 0) return;
    const auto now = Clock::now();
    for (Slot& slot : workers_) {
      if (slot.process == nullptr || (slot.process->cell() == nullptr && !slot.late)) continue;
      if (slot.late) {
        if (now >= slot.killed_at) slot.process->Signal(SIGKILL);
      } else if (now >= DeadlineOf(*slot.process)) {
        slot.late = true;
        slot.killed_at = now + kGrace;
        slot.process->Signal(SIGTERM);
      }
    }
  }

  // Idle workers end with their input. Those with a cell in hand are stopped: finished rows that
  // they still send are kept.
  void EndWorkers() {
    for (Slot& slot : workers_) {
      if (slot.process == nullptr) continue;
      slot.process->EndInput();
      if (slot.process->cell() != nullptr || !slot.process->ready()) slot.process->Signal(SIGTERM);
    }
    const auto deadline = Clock::now() + kFarewell;
    std::vector<LedgerRow> rows;
    for (Slot& slot : workers_) {
      while (slot.process != nullptr && slot.process->output() >= 0 && Clock::now() < deadline) {
        pollfd polled{slot.process->output(), POLLIN, 0};
        ::poll(&polled, 1, 50);
        std::optional<LedgerRow> row = slot.process->Read();
        if (row && row->status == CellStatus::kOk) rows.push_back(std::move(*row));
      }
      if (slot.process != nullptr) slot.process->Reap(deadline);
    }
    execution_.Take(rows);
  }

  Clock::time_point DeadlineOf(const WorkerProcess& process) const {
    return process.since() + std::chrono::duration_cast<Clock::duration>(
                                 std::chrono::duration<double>(execution_.options().timeout_s));
  }
  std::string LateReason() const {
    return fmt::format("timed out after {}", FormatDuration(execution_.options().timeout_s));
  }
  LedgerRow FailedRow(const Cell& cell, const std::string& why, const std::string& started) const {
    LedgerRow row;
    row.cell = cell.id;
    row.name = cell.Name();
    row.axes = cell.axes;
    row.status = CellStatus::kFailed;
    row.error = why;
    row.started = started;
    row.finished = UtcNow();
    row.code = execution_.options().code;
    return row;
  }

  const LocalOptions& options_;
  Execution& execution_;
  std::vector<Slot> workers_;
  Schedule schedule_;
  std::map<std::string, size_t> number_of_;  // of the plan's cells, by id
  std::map<std::string, int> deaths_;        // of processes, by cell
  int failed_starts_ = 0;
};

class LocalExecutor : public Executor {
 public:
  explicit LocalExecutor(LocalOptions options) : options_(std::move(options)) {
    CHAOSENSE_CHECK(options_.jobs >= 1 && options_.threads >= 1 && !options_.command.empty());
  }
  void Run(Execution& execution) override { Controller(options_, execution).Run(); }

 private:
  LocalOptions options_;
};

}  // namespace

std::unique_ptr<Executor> MakeLocalExecutor(LocalOptions options) {
  return std::make_unique<LocalExecutor>(std::move(options));
}

}  // namespace chaosense
