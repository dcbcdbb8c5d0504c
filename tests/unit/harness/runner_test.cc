#include "core/harness/runner.h"

#include <gtest/gtest.h>

#include <ctime>
#include <stdexcept>

#include "core/harness/config_schema.h"
#include "tests/unit/harness/fake_experiment.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

using Numbers = std::vector<int64_t>;

class Running : public ::testing::Test {
 protected:
  Running() { RegisterFakes(&control_, registries_); }

  // One process's life: plan, read the ledger, run.
  RunSummary Run(const std::string& config = R"({"experiment":"fake"})", bool retry_failed = true) {
    control_.ran.clear();
    const CellContext context;
    const Plan plan =
        MakePlan(LoadExperimentConfig(folder_.Write("a.json", config), {}, registries_.experiments),
                 registries_,
                 context);
    Ledger ledger(folder_.path());
    ::testing::internal::CaptureStderr();
    try {
      ExecutionOptions options;
      options.folder = folder_.path();
      options.code = "code";
      options.retry_failed = retry_failed;
      const RunSummary summary = RunCells(plan, context, options, *MakeSerialExecutor(), ledger);
      log_ = ::testing::internal::GetCapturedStderr();
      return summary;
    } catch (...) {
      log_ = ::testing::internal::GetCapturedStderr();
      throw;
    }
  }

  TemporaryFolder folder_;
  FakeControl control_;
  Registries registries_;
  std::string log_;
};

TEST_F(Running, RunsEveryCellOnce) {
  RunSummary summary = Run();
  EXPECT_EQ(control_.ran, (Numbers{1, 2, 3}));
  EXPECT_EQ(summary.cells, 3);
  EXPECT_EQ(summary.ran, 3);
  EXPECT_EQ(summary.failed, 0);
  EXPECT_NE(log_.find("3 cells: 0 done, 3 to run"), std::string::npos) << log_;
  summary = Run();
  EXPECT_EQ(control_.ran, Numbers{});
  EXPECT_EQ(summary.cached, 3);
  EXPECT_EQ(summary.ran, 0);
  EXPECT_NE(log_.find("3 cells: 3 done, 0 to run"), std::string::npos) << log_;
}

TEST_F(Running, OnlyMissingCellsRun) {
  Run(R"({"experiment":"fake","numbers":[2]})");
  Run(R"({"experiment":"fake","numbers":[3,2,1]})");
  EXPECT_EQ(control_.ran, (Numbers{3, 1}));
  Run(R"({"experiment":"fake","numbers":[3,2,1],"factor":2})");
  EXPECT_EQ(control_.ran, (Numbers{3, 2, 1}));
}

TEST_F(Running, AFailedCellLeavesTheOthersStanding) {
  control_.on_run = [](int64_t number) {
    if (number == 2) throw ConfigError("the number 2 is even");
  };
  RunSummary summary = Run();
  EXPECT_EQ(control_.ran, (Numbers{1, 2, 3}));
  EXPECT_EQ(summary.failed, 1);
  EXPECT_NE(log_.find("warning: a/2/seed:0 failed: the number 2 is even"), std::string::npos)
      << log_;

  summary = Run(R"({"experiment":"fake"})", /*retry_failed=*/false);
  EXPECT_EQ(control_.ran, Numbers{});
  EXPECT_EQ(summary.failed, 1);

  summary = Run();
  EXPECT_EQ(control_.ran, Numbers{2});
  EXPECT_EQ(summary.failed, 1);

  control_.on_run = nullptr;
  summary = Run();
  EXPECT_EQ(control_.ran, Numbers{2});
  EXPECT_EQ(summary.failed, 0);
}

TEST_F(Running, BugsAndMemoryAreRowsToo) {
  control_.on_run = [](int64_t number) {
    if (number == 1) throw InternalError("index out of range");
    if (number == 2) throw std::bad_alloc();
    throw std::runtime_error("from a library");
  };
  EXPECT_EQ(Run().failed, 3);
  EXPECT_NE(log_.find("internal error, please report it: index out of range"), std::string::npos)
      << log_;
  EXPECT_NE(log_.find("not enough memory"), std::string::npos) << log_;
  EXPECT_NE(log_.find("unexpected error, please report it: from a library"), std::string::npos)
      << log_;
}

TEST_F(Running, AnInterruptedRunResumesWhereItStopped) {
  control_.on_run = [](int64_t number) {
    if (number == 2) throw Error(ErrorKind::kInterrupted, "interrupted");
  };
  EXPECT_EQ(folder_.ErrorOf([&] { Run(); }, ErrorKind::kInterrupted), "interrupted");
  EXPECT_EQ(control_.ran, (Numbers{1, 2}));
  control_.on_run = nullptr;
  Run(R"({"experiment":"fake"})", /*retry_failed=*/false);
  EXPECT_EQ(control_.ran, (Numbers{2, 3}));
}

TEST_F(Running, AKilledRunResumesWhereItStopped) {
  Run();
  const std::string ledger = folder_.Read("ledger.jsonl");
  const size_t second_end = ledger.find('\n', ledger.find('\n') + 1);
  folder_.Write("ledger.jsonl", ledger.substr(0, second_end - 20));
  Run();
  EXPECT_EQ(control_.ran, (Numbers{2, 3}));
}

TEST_F(Running, LostFilesAreMadeAgain) {
  Run();
  const auto row =
      Json::parse(folder_.Read("ledger.jsonl").substr(0, folder_.Read("ledger.jsonl").find('\n')));
  std::filesystem::remove(CellFolder(folder_.path(), row.at("cell").get<std::string>()) /
                          "note.txt");
  EXPECT_EQ(Run().failed, 0);
  EXPECT_EQ(control_.ran, Numbers{1});
}

TEST_F(Running, RowsSayWhatWasRunAndWhen) {
  Run(R"({"experiment":"fake","numbers":[3],"factor":2})");
  const Json row = Json::parse(folder_.Read("ledger.jsonl"));
  EXPECT_EQ(row.at("status"), "ok");
  EXPECT_EQ(row.at("axes"), Json::parse(R"({"experiment":"a","variant":"3","seed":0})"));
  EXPECT_EQ(row.at("values"),
            Json::parse(R"([["a","psnr",6.0],["b","psnr","inf"],["*mean","ssim","nan"]])"));
  EXPECT_EQ(row.at("code"), "code");
  EXPECT_GE(row.at("notes").at("wall_seconds").get<double>(), 0);
  EXPECT_LE(row.at("started").get<std::string>(), row.at("finished").get<std::string>());
}

// Planning, ledger and run of 200 cells that do nothing. CPU time, since the rest is waiting for
// the disk.
TEST_F(Running, OverheadIsSmall) {
  Json numbers = Json::array();
  for (int i = 0; i < 200; ++i) numbers.push_back(i);
  const std::clock_t start = std::clock();
  Run(Json{{"experiment", "fake"}, {"numbers", numbers}}.dump());
  Run(Json{{"experiment", "fake"}, {"numbers", numbers}}.dump());
  const double milliseconds =
      1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / 200;
  RecordProperty("milliseconds_a_cell", std::to_string(milliseconds));
  EXPECT_LT(milliseconds, 5);
}

}  // namespace
}  // namespace chaosense
