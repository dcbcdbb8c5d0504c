#include "core/harness/slurm_executor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "core/base/clock.h"
#include "core/base/count.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/signals.h"
#include "core/harness/plan_file.h"
#include "core/harness/slurm_commands.h"
#include "core/harness/slurm_submitter.h"
#include "core/harness/worker.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Ids = std::vector<std::string>;

void Sleep(double seconds) {
  const auto start = Clock::now();
  while (SecondsSince(start) < seconds) {
    ThrowIfInterrupted();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

// One call of Run.
class Controller {
 public:
  Controller(const SlurmOptions& options, Execution& execution)
      : options_(options),
        execution_(execution),
        folder_(fs::absolute(execution.options().folder)),
        submitter_(folder_, options, execution.options().retries) {
    for (const Cell* cell : execution.cells()) {
      cells_.emplace(cell->id, cell);
      missing_.insert(cell->id);
    }
  }

  void Run() {
    TakeOver();
    Ids fresh;
    for (const Cell* cell : execution_.cells()) {
      if (!under_way_.contains(cell->id)) fresh.push_back(cell->id);
    }
    Enqueue(fresh, TasksFor(static_cast<int64_t>(fresh.size())));
    if (!options_.wait) return Leave();
    while (!missing_.empty()) {
      Attempt([&] { SubmitWhatFits(); });
      if (tasks_.empty()) break;
      Sleep(std::clamp(SecondsSince(start_) / 20, 0.5, 15.0));
      Attempt([&] { Look(); });
      if (execution_.stopped()) return submitter_.CancelAll();
    }
    if (!missing_.empty()) {
      throw Error(
          ErrorKind::kInterrupted,
          fmt::format("{} cells are not computed: their Slurm tasks were cancelled; run the "
                      "same command again to resume",
                      missing_.size()));
    }
  }

  // For the user who leaves while jobs are in the queue.
  std::string Farewell() const {
    const std::string jobs = fmt::format("{}", fmt::join(submitter_.jobs(), " "));
    return fmt::format(
        "interrupted; what is in Slurm goes on (jobs {}, named {}...). The same command waits for "
        "it again; `chaosense collect {}` shows what is finished; `scancel {}` ends it",
        jobs,
        SlurmJobPrefix(folder_),
        folder_.string(),
        jobs);
  }

 private:
  struct Share {
    Ids cells;
    bool submitted = false;
  };

  int64_t TasksFor(int64_t cells) const {
    const int64_t usual = (cells + kUsualSlurmTasks - 1) / kUsualSlurmTasks;
    const int64_t each = options_.cells_per_task > 0 ? options_.cells_per_task : usual;
    return cells == 0 ? 0 : (cells + each - 1) / each;
  }

  // Tasks that an earlier controller of this run folder left in the queue.
  void TakeOver() {
    std::map<int64_t, Ids> batches;
    for (const SlurmTask& found : FindSlurmTasks(SlurmJobPrefix(folder_))) {
      const std::optional<BatchArray> array = ParseSlurmJobName(folder_, found.job_name);
      if (!array || found.ended()) continue;
      if (!batches.contains(array->batch))
        batches[array->batch] = ReadPlanFile(BatchFolder(folder_, array->batch)).to_run;
      const int64_t task = array->first + found.index;
      submitter_.Adopt(found.array_job);
      AddTask({array->batch, task}, ShareOf(batches[array->batch], task, array->tasks), true);
    }
    if (!tasks_.empty())
      LogInfo("{} tasks of this run are in Slurm's queue already", tasks_.size());
  }

  void AddTask(const BatchTask& task, const Ids& cells, bool submitted) {
    for (const std::string& id : cells) under_way_.insert(id);
    tasks_[task] = {cells, submitted};
  }

  // A new batch of these cells.
  void Enqueue(const Ids& ids, int64_t tasks) {
    if (ids.empty()) return;
    std::vector<const Cell*> cells;
    for (const std::string& id : ids) cells.push_back(cells_.at(id));
    const PlanFile plan =
        MakePlanFile(execution_.plan(), cells, execution_.context(), execution_.options());
    const std::vector<BatchArray> arrays = submitter_.AddBatch(plan, tasks);
    for (int64_t task = 0; task < tasks; ++task)
      AddTask({arrays.front().batch, task}, ShareOf(ids, task, tasks), false);
    LogInfo("{} as {} in {}",
            Count(static_cast<int64_t>(ids.size()), "cell"),
            Count(tasks, "task"),
            Count(static_cast<int64_t>(arrays.size()), "job array"));
  }

  void SubmitWhatFits() {
    for (const BatchArray& array : submitter_.SubmitWhatFits()) {
      for (int64_t task = array.first; task < array.first + array.count; ++task)
        tasks_.at({array.batch, task}).submitted = true;
    }
  }

  // Does it unless slurmctld does not answer; then it is tried again after the next sleep.
  template <typename Action>
  void Attempt(Action action) {
    try {
      action();
      silent_ = false;
    } catch (const SlurmUnavailable& error) {
      if (!silent_) LogWarning("{}; trying again until it answers", error.what());
      silent_ = true;
    }
  }

  // The queue first and the ledgers second: a task that is no longer in the one has written all
  // that it will into the other.
  void Look() {
    std::map<BatchTask, SlurmTask> seen;
    for (const SlurmTask& found : FindSlurmTasks(SlurmJobPrefix(folder_))) {
      const std::optional<BatchArray> array = ParseSlurmJobName(folder_, found.job_name);
      if (array) seen[{array->batch, array->first + found.index}] = found;
    }
    Collect();
    std::vector<BatchTask> over;
    for (const auto& [task, share] : tasks_) {
      const auto found = seen.find(task);
      if (share.submitted && (found == seen.end() || found->second.ended())) over.push_back(task);
    }
    Ids again, alone;
    for (const BatchTask& task : over)
      Finish(task, seen.contains(task) ? &seen.at(task) : nullptr, again, alone);
    Enqueue(again, TasksFor(static_cast<int64_t>(again.size())));
    Enqueue(alone, static_cast<int64_t>(alone.size()));
    Tell(seen);
  }

  void Collect() {
    const std::vector<LedgerRow> rows = chaosense::Collect(folder_, execution_.ledger());
    execution_.Note(rows);
    for (const LedgerRow& row : rows) missing_.erase(row.cell);
    any_row_ = any_row_ || !rows.empty();
  }

  // A task that will not come back. `seen`: its end as squeue tells it, if it still does.
  void Finish(const BatchTask& task, const SlurmTask* seen, Ids& again, Ids& alone) {
    const Ids cells = std::move(tasks_.at(task).cells);
    tasks_.erase(task);
    Ids left;
    for (const std::string& id : cells) {
      under_way_.erase(id);
      if (missing_.contains(id)) left.push_back(id);
    }
    if (left.empty()) return;
    const std::string end = seen == nullptr ? "LOST" : seen->state;
    LogWarning("Slurm task {} of batch {} ended without {} of its {} cells: {}",
               seen == nullptr ? std::to_string(task.task) : seen->id(),
               task.batch,
               left.size(),
               cells.size(),
               end);
    if (end == "CANCELLED") return;
    ThrowIfBroken(task.batch);
    // Cells are computed in order, so the first one was in hand; the others were not reached. They
    // are kept apart if the task finished nothing at all.
    const std::string& suspect = left.front();
    const int tries = ++ends_[suspect];
    if (tries > execution_.options().retries) {
      Fail(suspect, tries, end);
    } else {
      alone.push_back(suspect);
    }
    Ids& others = left.size() < cells.size() ? again : alone;
    others.insert(others.end(), left.begin() + 1, left.end());
  }

  void Fail(const std::string& id, int tries, const std::string& end) {
    LedgerRow row;
    const Cell& cell = *cells_.at(id);
    row.cell = id;
    row.name = cell.Name();
    row.axes = cell.axes;
    row.status = CellStatus::kFailed;
    row.error = fmt::format(
        "its Slurm task ended {} times without a result, the last time as {}", tries, end);
    row.started = row.finished = UtcNow();
    row.code = execution_.options().code;
    execution_.Take({row});
    missing_.erase(id);
  }

  // The workers cannot even begin: a program or data that the nodes do not have.
  void ThrowIfBroken(int64_t batch) {
    const fs::path note = BatchFolder(folder_, batch) / "broken";
    if (any_row_ || !fs::exists(note)) return;
    std::string log = ReadTextFile(note);
    log.erase(std::find(log.begin(), log.end(), '\n'), log.end());
    std::string said = fs::exists(log) ? ReadTextFile(log) : "";
    while (said.ends_with('\n')) said.pop_back();
    try {
      submitter_.CancelAll();
    } catch (const SlurmUnavailable& error) {  // would be taken for a reason to go on
      LogWarning("{}", error.what());
    }
    throw RunError(
        "Slurm tasks cannot compute anything; {}: {}", log, said.substr(said.rfind('\n') + 1));
  }

  // Says so when the queue has changed, at most twice a minute.
  void Tell(const std::map<BatchTask, SlurmTask>& seen) {
    int64_t running = 0, pending = 0;
    std::set<std::string> reasons;
    for (const auto& [task, found] : seen) {
      if (found.state == "RUNNING") ++running;
      if (found.state != "PENDING") continue;
      ++pending;
      if (found.reason != "None") reasons.insert(found.reason);
    }
    std::string text = fmt::format("Slurm: {} tasks running, {} pending", running, pending);
    if (!reasons.empty()) text += fmt::format(" ({})", fmt::join(reasons, ", "));
    if (submitter_.waiting() > 0)
      text += fmt::format(", {} job arrays not submitted yet", submitter_.waiting());
    if (text == told_ || SecondsSince(told_at_) < 30) return;
    LogInfo("{}", text);
    told_ = text;
    told_at_ = Clock::now();
  }

  void Leave() {
    SubmitWhatFits();
    size_t cells = 0;
    for (const auto& [task, share] : tasks_) cells += share.submitted ? share.cells.size() : 0;
    std::string text = fmt::format(
        "{} cells are in Slurm's queue (jobs {}); for their results: chaosense collect {}",
        cells,
        fmt::join(submitter_.jobs(), " "),
        folder_.string());
    if (submitter_.waiting() > 0) {
      text += fmt::format(
          "\n{} job arrays did not fit (MaxJobCount is {}): run the same command again later to "
          "submit them",
          submitter_.waiting(),
          submitter_.limits().max_jobs);
    }
    execution_.LeaveTo(text);
  }

  const SlurmOptions& options_;
  Execution& execution_;
  const fs::path folder_;
  SlurmSubmitter submitter_;
  const Clock::time_point start_ = Clock::now();

  std::map<std::string, const Cell*> cells_;
  std::set<std::string> missing_;    // cells without a row of this execution
  std::set<std::string> under_way_;  // cells of tasks_
  std::map<std::string, int> ends_;  // of a cell: how often its task ended with it in hand
  std::map<BatchTask, Share> tasks_;
  bool any_row_ = false;
  bool silent_ = false;  // slurmctld
  std::string told_;
  Clock::time_point told_at_;
};

class SlurmExecutor : public Executor {
 public:
  explicit SlurmExecutor(SlurmOptions options) : options_(std::move(options)) {}

  void Run(Execution& execution) override {
    Controller controller(options_, execution);
    try {
      controller.Run();
    } catch (const Error& error) {
      if (InterruptRequested()) throw Error(ErrorKind::kInterrupted, controller.Farewell());
      throw;
    }
  }

 private:
  SlurmOptions options_;
};

}  // namespace

std::unique_ptr<Executor> MakeSlurmExecutor(const SlurmOptions& options) {
  return std::make_unique<SlurmExecutor>(options);
}

}  // namespace chaosense
