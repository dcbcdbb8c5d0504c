// A run on a real Slurm gives, byte for byte, what a run in one process gives.
#include "core/base/json.h"
#include "tests/slurm/slurm_node.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(SlurmTest, GivesWhatASerialRunGivesInSeveralArrays) {
  WriteConfig(6);
  const Said said = Run(OnSlurm({"--cells-per-task", "1"}));
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("12 cells as 12 tasks in 3 job arrays"));
  EXPECT_EQ(TaskLedgers().size(), 12U);
  EXPECT_EQ(Computed(), 12);
  ExpectSameAsSerial(12);
  const std::string ledger = Read("slurm/ledger.jsonl");
  const Said again = Run(OnSlurm());
  EXPECT_THAT(again.err, HasSubstr("12 cells: 12 done, 0 to run"));
  EXPECT_THAT(again.err, Not(HasSubstr("submitted")));
  EXPECT_EQ(Read("slurm/ledger.jsonl"), ledger);
}

TEST_F(SlurmTest, ThreadsAndOptionsReachTheTasks) {
  WriteConfig(1);
  const Said said = Run(OnSlurm({"--threads",
                                 "2",
                                 "--cells-per-task",
                                 "2",
                                 "--slurm",
                                 "--comment 'a b; touch oops' --time=5",
                                 "--no-wait"}));
  ASSERT_EQ(said.exit_code, 0) << said.err;
  const std::string queue =
      Slurm({"squeue", "--noheader", "--array", "--states=all", "--format=%C|%l|%k"});
  EXPECT_EQ(queue, "2|5:00|a b; touch oops\n");
  ASSERT_TRUE(Await([&] { return Queue().empty(); }));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "oops"));
  EXPECT_EQ(Computed(), 2);
}

TEST_F(SlurmTest, LeftAloneItIsCollectedLater) {
  WriteConfig(2);
  const Said said = Run(OnSlurm({"--no-wait", "--cells-per-task", "2"}));
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("chaosense collect " + (folder_ / "slurm").string()));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "slurm" / "cells.csv"));
  ASSERT_TRUE(Await([&] { return Queue().empty(); }));
  const Said collected = Run({"collect", "slurm"});
  ASSERT_EQ(collected.exit_code, 0) << collected.err;
  const std::string ledger = Read("slurm/ledger.jsonl");
  ASSERT_EQ(Run({"collect", "slurm"}).exit_code, 0);
  EXPECT_EQ(Read("slurm/ledger.jsonl"), ledger);
  ExpectSameAsSerial(4);
}

// Slurm holds ten jobs at most; two arrays of five are all it takes at once.
TEST_F(SlurmTest, NoMoreJobsThanSlurmHolds) {
  Node("stop");
  ::setenv("MAX_JOB_COUNT", "10", 1);
  ASSERT_TRUE(Node("start").ok());
  ::unsetenv("MAX_JOB_COUNT");
  WriteConfig(7);
  const Said said = Run(OnSlurm({"--cells-per-task", "1"}));
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("14 cells as 14 tasks in 3 job arrays"));
  ExpectSameAsSerial(14);
}

// Two tasks of one srun train one network; the meeting point follows from job and step.
TEST_F(SlurmTest, TasksOfOneSrunTrainTogether) {
  if (CHAOSENSE_HAS_NETS == 0) GTEST_SKIP() << "built without networks";
  ProcessOptions look_up;
  look_up.arguments = {"sh", "-c", "getent hosts \"$(hostname -s)\""};
  if (!RunProcess(look_up).ok()) GTEST_SKIP() << "this machine's own name has no address";
  Write("t.json", R"({
    "trainer": "nets", "net": {"name": "reconnet", "measurements": 10},
    "datasets": ["generated_train"], "validation": "generated_val",
    "validation_blocks": 20, "closed_form_blocks": 2000, "batch": 8, "iterations": 4,
    "warm_up": 1, "precision": "float", "validate_every": 2})");
  const std::string said = Slurm({"srun",
                                  "--ntasks=2",
                                  "--chdir=" + folder_.string(),
                                  CHAOSENSE_PROGRAM,
                                  "train",
                                  "t.json",
                                  "--ranks",
                                  "slurm",
                                  "--threads",
                                  "1",
                                  "--out",
                                  "two"});
  EXPECT_EQ(Count(said, "weights: two/reconnet_10.safetensors"), 1) << said;
  const Said one = Run({"train", "t.json", "--threads", "1", "--out", "one"});
  ASSERT_EQ(one.exit_code, 0) << one.err;
  const auto loss = [&](const std::string& run) {
    const std::string log = Read(run + "/log.jsonl");
    return Json::parse(log.substr(log.rfind('\n', log.size() - 2) + 1)).at("loss").get<double>();
  };
  EXPECT_NEAR(loss("two"), loss("one"), 1e-5 * loss("one"));
}

TEST_F(SlurmTest, WhatSlurmRefusesIsSaidInItsWords) {
  WriteConfig(1);
  const auto error = [&](const std::string& options) {
    const Said said = Run(OnSlurm({"--slurm", options}));
    EXPECT_EQ(said.exit_code, 2) << said.err;
    return said.err;
  };
  EXPECT_THAT(error("--partition=nope"), HasSubstr("Invalid partition name specified"));
  EXPECT_THAT(error("--nope"), HasSubstr("sbatch"));
  EXPECT_THAT(error("--array=0-3"), HasSubstr("--slurm: --array is set by the run itself"));
  EXPECT_EQ(Queue(), "");
}

}  // namespace
}  // namespace chaosense
