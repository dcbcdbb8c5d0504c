#include "core/harness/slurm_batch.h"

#include <gmock/gmock.h>

#include "core/base/error.h"
#include "core/harness/worker.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(SlurmBatch, JobNamesSayWhereTheyBelong) {
  const BatchArray array{3, 250, 100, 100};
  const std::string name = SlurmJobName("/runs/a", array);
  EXPECT_THAT(name, ::testing::MatchesRegex("chaosense-[0-9a-f]+\\.3\\.100\\.250"));
  const auto parsed = ParseSlurmJobName("/runs/a", name);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->batch, 3);
  EXPECT_EQ(parsed->first, 100);
  EXPECT_EQ(parsed->tasks, 250);
  EXPECT_EQ(SlurmJobPrefix("/runs/b/../a"), SlurmJobPrefix("/runs/a"));
  const std::string prefix = SlurmJobPrefix("/runs/a");
  for (const std::string bad : {"", "3.100", "3.100.250x", "3.250.250", "0.0.1", "a.b.c"})
    EXPECT_FALSE(ParseSlurmJobName("/runs/a", prefix + bad)) << bad;
  EXPECT_FALSE(ParseSlurmJobName("/runs/b", name)) << "another run's job";
}

TEST(SlurmBatch, ArraysCoverEachTaskOnceAndStayBelowTheLimit) {
  const TemporaryFolder folder;
  PlanFile plan;
  plan.options.folder = folder.path();
  plan.to_run = {"a", "b", "c"};
  for (const auto& [tasks, most] : {std::pair{1, 1}, {7, 3}, {6, 3}, {2, 1000}}) {
    int64_t next = 0;
    for (const BatchArray& array : MakeBatch(folder.path(), plan, tasks, most)) {
      EXPECT_EQ(array.first, next);
      EXPECT_LE(array.count, most);
      EXPECT_EQ(array.tasks, tasks);
      next += array.count;
    }
    EXPECT_EQ(next, tasks);
  }
  // A batch's plan knows its run and has ledgers of its own.
  const PlanFile read = ReadPlanFile(BatchFolder(folder.path(), 4));
  EXPECT_EQ(read.options.folder, folder.path());
  EXPECT_EQ(read.ledger_prefix, "batch-4-");
  EXPECT_THAT(read.to_run, ElementsAre("a", "b", "c"));
}

TEST(SlurmBatch, ArgumentsAreWordsAndTheUsersComeBehindTheDefaults) {
  SlurmOptions options;
  options.program = "/opt/my tools/chaosense";
  options.sbatch = {"--comment", "a b; rm -rf $HOME", "--signal=USR1@5"};
  options.at_once = 9;
  options.cpus = 3;
  const auto words = SbatchArguments("/runs/50% 'x'", {2, 8, 4, 4, 2}, options, 1);
  EXPECT_THAT(words, Contains("a b; rm -rf $HOME"));
  EXPECT_THAT(words, Contains("/opt/my tools/chaosense"));
  EXPECT_THAT(words, Contains("--array=0-3%4"));
  EXPECT_THAT(words, Contains("--cpus-per-task=3"));
  EXPECT_THAT(words, Contains("--output=/runs/50%% 'x'/slurm/batch-2/%A_%a.log"));
  const auto at = [&](const std::string& word) {
    return std::find(words.begin(), words.end(), word) - words.begin();
  };
  EXPECT_LT(at("--signal=B:TERM@60"), at("--signal=USR1@5"));
}

TEST(SlurmBatch, OptionsThatARunNeedsItselfAreRefused) {
  EXPECT_NO_THROW(
      CheckSlurmOptions({"--partition=x", "-p", "y", "--export=ALL", "-t1", "-A", "z"}));
  for (const std::string bad : {"--array=1", "-a1", "--job-name", "-Jx", "--output=x", "--wait"}) {
    try {
      CheckSlurmOptions({bad});
      ADD_FAILURE() << bad;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("--slurm: -"));
    }
  }
}

}  // namespace
}  // namespace chaosense
