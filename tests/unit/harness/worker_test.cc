#include "core/harness/worker.h"

#include <gmock/gmock.h>

#include "core/harness/config_schema.h"
#include "core/harness/runner.h"
#include "tests/unit/harness/fake_experiment.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

using ::testing::ElementsAre;
using Numbers = std::vector<int64_t>;

TEST(Shares, AreAllCellsOnceInOrder) {
  const std::vector<std::string> cells = {"a", "b", "c", "d", "e"};
  EXPECT_THAT(ShareOf(cells, 0, 2), ElementsAre("a", "b"));
  EXPECT_THAT(ShareOf(cells, 1, 2), ElementsAre("c", "d", "e"));
  for (const int64_t tasks : {1, 2, 3, 5, 9}) {
    std::vector<std::string> all;
    for (int64_t task = 0; task < tasks; ++task) {
      for (const std::string& cell : ShareOf(cells, task, tasks)) all.push_back(cell);
    }
    EXPECT_EQ(all, cells) << tasks;
  }
}

// A run whose executor only notes what it is given, and tasks that compute it.
class Working : public ::testing::Test {
 protected:
  Working() { RegisterFakes(&control_, registries_); }

  class Nobody : public Executor {
   public:
    void Run(Execution&) override {}
  };

  Plan Planned(const std::string& config) {
    return MakePlan(
        LoadExperimentConfig(folder_.Write("a.json", config), {}, registries_.experiments),
        registries_,
        CellContext());
  }
  void WritePlan(const std::string& config = kFive) {
    ExecutionOptions options;
    options.folder = folder_.path();
    options.timeout_s = 7.5;
    Ledger ledger(folder_.path());
    Nobody nobody;
    RunCells(Planned(config), CellContext(), options, nobody, ledger);
  }
  int64_t Task(int64_t task, int64_t tasks) {
    control_.ran.clear();
    const PlanFile file = ReadPlanFile(folder_.path());
    const Plan plan = RemakePlan(file, registries_, CellContext());
    return RunTask(file, plan, CellContext(), task, tasks, *MakeSerialExecutor());
  }

  static constexpr char kFive[] = R"({"experiment":"fake","numbers":[1,2,3,4,5]})";
  TemporaryFolder folder_;
  FakeControl control_;
  Registries registries_;
};

TEST_F(Working, ThePlanFileSaysAll) {
  WritePlan();
  const PlanFile file = ReadPlanFile(folder_.path());
  EXPECT_EQ(file.cells.size(), 5U);
  EXPECT_EQ(file.to_run, file.cells);
  EXPECT_EQ(file.options.timeout_s, 7.5);
  EXPECT_EQ(file.working_directory, std::filesystem::current_path());
  EXPECT_EQ(folder_.ErrorOf([&] { ReadPlanFile(folder_.path() / "none"); }),
            "none: holds no plan.json; expected the folder of a run that was started");
}

TEST_F(Working, TasksComputeTheirShares) {
  WritePlan();
  EXPECT_EQ(Task(1, 2), 0);
  EXPECT_EQ(control_.ran, (Numbers{3, 4, 5}));
  EXPECT_EQ(folder_.Read("ledger.jsonl"), "");
  EXPECT_EQ(Task(1, 2), 0);
  EXPECT_EQ(control_.ran, Numbers{}) << "its own ledger has them";
  EXPECT_EQ(Task(0, 1), 0);
  EXPECT_EQ(control_.ran, (Numbers{1, 2})) << "another task's ledger has the others";
  Ledger ledger(folder_.path());
  EXPECT_EQ(Collect(folder_.path(), ledger).size(), 5U);
  EXPECT_TRUE(CellsToRun(Planned(kFive), ledger, true).empty());
}

TEST_F(Working, ATaskStartedAgainDoesNotRepeatFailures) {
  WritePlan();
  control_.on_run = [](int64_t number) {
    if (number == 2) throw ConfigError("no");
  };
  EXPECT_EQ(Task(0, 1), 1);
  EXPECT_EQ(Task(0, 1), 1);
  EXPECT_EQ(control_.ran, Numbers{});
  WritePlan();  // the next run tries them again
  EXPECT_THAT(ReadPlanFile(folder_.path()).to_run, ::testing::SizeIs(1));
  control_.on_run = nullptr;
  EXPECT_EQ(Task(0, 1), 0);
  EXPECT_EQ(control_.ran, Numbers{2});
}

TEST_F(Working, AnotherPlanIsRefused) {
  WritePlan();
  PlanFile file = ReadPlanFile(folder_.path());
  file.cells[3] = file.cells[2];
  EXPECT_THAT(folder_.ErrorOf([&] { RemakePlan(file, registries_, CellContext()); }),
              ::testing::StartsWith("plan.json: its config no longer gives the cells of the run"));
}

TEST_F(Working, TwoTasksOfOneNumberExclude) {
  WritePlan();
  std::filesystem::create_directories(folder_.path() / kLedgersFolder);
  const RunLock lock(folder_.path() / kLedgersFolder, "task-0.lock");
  EXPECT_THAT(folder_.ErrorOf([&] { Task(0, 1); }), ::testing::HasSubstr("is writing here"));
}

TEST_F(Working, FailFastStops) {
  const Plan plan = Planned(kFive);
  ExecutionOptions options;
  options.folder = folder_.path();
  options.fail_fast = true;
  control_.on_run = [](int64_t number) {
    if (number == 2) throw ConfigError("no");
  };
  Ledger ledger(folder_.path());
  const RunSummary summary = RunCells(plan, CellContext(), options, *MakeSerialExecutor(), ledger);
  EXPECT_EQ(control_.ran, (Numbers{1, 2}));
  EXPECT_EQ(summary.ran, 2);
  EXPECT_EQ(summary.failed, 1);
  EXPECT_EQ(summary.not_run, 3);
}

}  // namespace
}  // namespace chaosense
