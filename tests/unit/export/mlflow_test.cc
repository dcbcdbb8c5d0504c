#include "plotting/export/mlflow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/base/scratch_folder.h"
#include "tests/unit/export/test_runs.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// The folder of the finished run whose parameter has this value.
fs::path RunWith(const fs::path& mlruns, const std::string& parameter, const std::string& value) {
  for (const auto& entry : fs::directory_iterator(mlruns / "0")) {
    const fs::path file = entry.path() / "params" / parameter;
    if (fs::exists(file) && ReadTextFile(file) == value &&
        ReadTextFile(entry.path() / "meta.yaml").find("status: 3\n") != std::string::npos)
      return entry.path();
  }
  ADD_FAILURE() << "no run with " << parameter << " " << value;
  return {};
}

TEST(WriteMlflow, OneRunForEachCell) {
  const ScratchFolder folder;
  EXPECT_EQ(WriteMlflow(SmallRun(), folder.path()), 5U);
  EXPECT_THAT(ReadTextFile(folder.path() / "0" / "meta.yaml"), HasSubstr("experiment_id: '0'\n"));
  const fs::path run = RunWith(folder.path(), "method", "pca_lmmse");
  EXPECT_EQ(run.filename().string().size(), 32U);
  EXPECT_EQ(ReadTextFile(run / "params" / "rate"), "0.25");
  // 2020-12-05T10:21:30Z; the mean, not an image.
  EXPECT_EQ(ReadTextFile(run / "metrics" / "psnr"), "1607163690000 30.66 0\n");
  EXPECT_EQ(ReadTextFile(run / "tags" / "chaosense.run"), "small, run");
  const std::string meta = ReadTextFile(run / "meta.yaml");
  EXPECT_THAT(meta, HasSubstr("run_id: '" + run.filename().string() + "'\n"));
  EXPECT_THAT(meta, HasSubstr("start_time: 1607163630000\n"));
  EXPECT_THAT(meta, HasSubstr("status: 3\n"));
  EXPECT_TRUE(fs::is_directory(run / "artifacts"));
  // Two images and no mean: nothing to report.
  const fs::path identity = RunWith(folder.path(), "method", "identity");
  EXPECT_TRUE(fs::is_empty(identity / "metrics"));
}

TEST(WriteMlflow, AFailedCellIsAFailedRun) {
  const ScratchFolder folder;
  WriteMlflow(SmallRun(), folder.path());
  size_t failed = 0;
  for (const auto& entry : fs::directory_iterator(folder.path() / "0")) {
    const fs::path reason = entry.path() / "tags" / "chaosense.status";
    if (!fs::exists(reason)) continue;
    ++failed;
    EXPECT_EQ(ReadTextFile(reason), "failed: out of memory");
    EXPECT_EQ(ReadTextFile(entry.path() / "params" / "rate"), "0.1");
    EXPECT_THAT(ReadTextFile(entry.path() / "meta.yaml"), HasSubstr("status: 4\n"));
  }
  EXPECT_EQ(failed, 1U);
}

TEST(WriteMlflow, SweptSettingsAreParameters) {
  const ScratchFolder folder;
  EXPECT_EQ(WriteMlflow(SweptRun(), folder.path()), 2U);
  // The slash of the key would make a folder.
  const fs::path run = RunWith(folder.path(), "sweep.ciphers.a_b.rounds", "10");
  EXPECT_EQ(ReadTextFile(run / "tags" / "mlflow.runName"),
            "swept set11 0.25 m paper ciphers.a/b.rounds=10");
  EXPECT_THAT(ReadTextFile(run / "metrics" / "psnr"), HasSubstr(" 31 0\n"));
}

TEST(WriteMlflow, AStoreThatIsThereKeepsItsExperiment) {
  const ScratchFolder folder;
  WriteFileAtomically(folder.path() / "0" / "meta.yaml", std::string_view("theirs"));
  WriteMlflow(SmallRun(), folder.path());
  EXPECT_EQ(ReadTextFile(folder.path() / "0" / "meta.yaml"), "theirs");
}

TEST(WriteMlflow, ALogIsOneRunWithItsHistory) {
  const ScratchFolder folder;
  const TrainingLog log = {"it's a net", {{0, 1.5, {{"loss", 2}}}, {300, 99.25, {{"loss", 1}}}}};
  WriteMlflow(log, folder.path());
  WriteMlflow(log, folder.path());  // the same run, not another
  size_t runs = 0;
  for (const auto& entry : fs::directory_iterator(folder.path() / "0")) {
    if (!entry.is_directory()) continue;
    ++runs;
    EXPECT_EQ(ReadTextFile(entry.path() / "metrics" / "loss"), "1500 2 0\n99250 1 300\n");
    EXPECT_THAT(ReadTextFile(entry.path() / "meta.yaml"), HasSubstr("run_name: 'it''s a net'\n"));
  }
  EXPECT_EQ(runs, 1U);
}

}  // namespace
}  // namespace chaosense
