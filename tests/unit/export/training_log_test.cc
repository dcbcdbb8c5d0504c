#include "plotting/export/training_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/scratch_folder.h"
#include "plotting/export/training_curves.h"

namespace chaosense {
namespace {

using testing::HasSubstr;

TrainingLog Read(const std::string& text) {
  const ScratchFolder folder;
  WriteFileAtomically(folder.path() / "log.jsonl", std::string_view(text));
  return ReadTrainingLog(folder.path() / "log.jsonl", "net");
}

constexpr const char* kLog =
    "{\"iteration\":0,\"seconds\":1,\"best\":20,\"validation_gray\":20,\"learning_rate\":0.1}\n"
    "{\"iteration\":250,\"seconds\":2,\"best\":21,\"validation_gray\":21,\"loss\":0.5}\n"
    "{\"iteration\":500,\"seconds\":3,\"best\":22,\"validation_gray\":22,\"loss\":\"nan\"}\n"
    "{\"iteration\":250,\"seconds\":4,\"best\":23,\"validation_gray\":23,\"loss\":0.25}\n"
    "{\"iteration\":750,\"sec";

TEST(TrainingLog, OfARepeatedIterationTheLastLineCounts) {
  const TrainingLog log = Read(kLog);
  ASSERT_EQ(log.points.size(), 3U);
  EXPECT_EQ(log.points[1].iteration, 250);
  EXPECT_EQ(log.points[1].values.at("validation_gray"), 23);
  EXPECT_TRUE(std::isnan(log.points[2].values.at("loss")));
}

TEST(TrainingLog, SaysWhereItIsNone) {
  for (const char* text : {"{\"iteration\":0}\nhello\n", "{\"loss\":1}\n", "", "[1]\n"}) {
    try {
      Read(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("log.jsonl:")) << text;
    }
  }
}

TEST(TrainingCurves, OneFigureForEachNumberAndACurveForEachLog) {
  TrainingLog other = Read(kLog);
  other.name = "other";
  const std::vector<PlotModel> plots = TrainingCurves({Read(kLog), other}, "t");
  ASSERT_EQ(plots.size(), 2U);  // neither the best so far nor the learning rate
  EXPECT_EQ(plots[0].id, "t_loss");
  EXPECT_EQ(plots[1].id, "t_validation_gray");
  ASSERT_EQ(plots[1].series.size(), 2U);
  EXPECT_EQ(plots[1].series[1].name, "other");
  ASSERT_EQ(plots[1].series[1].points.size(), 3U);
  EXPECT_EQ(plots[1].series[1].points[1].x, 250);
  EXPECT_EQ(plots[1].series[1].points[1].y, 23);
  EXPECT_THAT(DrawPlot(plots[1]).script, HasSubstr("with linespoints"));
}

TEST(TrainingCurves, CommittedLogsAreLogs) {
  size_t logs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(CHAOSENSE_SOURCE_DIR) / "results" / "models")) {
    if (entry.path().extension() != ".jsonl") continue;
    EXPECT_GT(ReadTrainingLog(entry.path(), "m").points.size(), 1U) << entry.path();
    ++logs;
  }
  EXPECT_GE(logs, 10U);
}

}  // namespace
}  // namespace chaosense
