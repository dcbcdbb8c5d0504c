// Tasks, Slurm's controller and ours die in the middle of a run; it is completed all the same, and
// nothing that was finished is computed again.
#include "tests/slurm/slurm_node.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

class SlurmFailures : public SlurmTest {
 protected:
  bool AwaitRows(int task, int64_t rows) const {
    const std::string file = "slurm/ledgers/batch-1-task-" + std::to_string(task) + ".jsonl";
    return Await([&] { return Count(Read(file), "\"status\":\"ok\"") >= rows; });
  }
};

TEST_F(SlurmFailures, OnlyCellsInFlightAreLostWithATask) {
  WriteConfig(8, 0.3);
  const pid_t run = Start(OnSlurm({"--cells-per-task", "8"}));
  ASSERT_TRUE(AwaitRows(0, 2) && AwaitRows(1, 2));
  const pid_t killed = WorkerOf(0);
  ASSERT_GT(killed, 0);
  ::kill(killed, SIGKILL);
  const std::string job = Slurm({"squeue", "--noheader", "--array", "--format=%F_%K"});
  const std::string id = job.substr(0, job.find('_')) + "_1";
  Slurm({"scancel", "--signal=TERM", "--batch", id});
  const Said said = Finish(run);
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("ended without"));
  EXPECT_EQ(Computed(), 16) << "a finished cell was computed again";
  const std::string stopped = Read("slurm/ledgers/batch-1-task-1.jsonl");
  EXPECT_EQ(Count(stopped, "\"status\":\"ok\""), 8) << "it was not requeued";
  EXPECT_THAT(Read("slurm/slurm/batch-1/" + id + ".log"), HasSubstr("interrupted"));
  ExpectSameAsSerial(16);
}

TEST_F(SlurmFailures, ACellThatKillsItsProcessIsAFailedRow) {
  WriteConfig(3, 0);
  Write("slow.sh", "[ $3 = a ] && kill -9 $PPID\ncp \"$1\" \"$2\"\n");
  const Said said = Run(OnSlurm({"--cells-per-task", "6", "--retries", "1"}));
  EXPECT_EQ(said.exit_code, 1) << said.err;
  const std::string ledger = Read("slurm/ledger.jsonl");
  EXPECT_EQ(Count(ledger, "\"status\":\"ok\""), 3);
  EXPECT_EQ(Count(ledger, "\"status\":\"failed\""), 3);
  EXPECT_THAT(Read("slurm/cells.csv"),
              HasSubstr("its Slurm task ended 2 times without a result, the last time as FAILED"));
}

TEST_F(SlurmFailures, SlurmsControllerIsKilledAndStartedAgain) {
  // It saves its state every five seconds; a job that it forgets while it runs drains the node.
  WriteConfig(5, 1.5);
  const pid_t run = Start(OnSlurm({"--cells-per-task", "5"}));
  ASSERT_TRUE(AwaitRows(0, 4) && AwaitRows(1, 4));
  ::kill(std::stoi(Read("node/slurmctld.started")), SIGKILL);
  ASSERT_TRUE(AwaitRows(0, 5)) << "tasks go on without slurmctld";
  ASSERT_TRUE(Node("controller").ok());
  const Said said = Finish(run);
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(Computed(), 10);
  ExpectSameAsSerial(10);
}

TEST_F(SlurmFailures, OurControllerIsKilledAndStartedAgain) {
  WriteConfig(6, 0.3);
  const pid_t run = Start(OnSlurm({"--cells-per-task", "3"}));
  ASSERT_TRUE(AwaitRows(0, 1));
  ::kill(run, SIGKILL);
  Finish(run);
  const Said said = Run(OnSlurm({"--cells-per-task", "3"}));
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("tasks of this run are in Slurm's queue already"));
  EXPECT_EQ(Computed(), 12) << "cells that were under way were submitted again";
  ExpectSameAsSerial(12);
}

TEST_F(SlurmFailures, AnInterruptLeavesTheJobsAndSaysSo) {
  WriteConfig(4, 0.3);
  const pid_t run = Start(OnSlurm({"--cells-per-task", "4"}));
  ASSERT_TRUE(AwaitRows(0, 1));
  ::kill(run, SIGINT);
  const Said said = Finish(run);
  EXPECT_EQ(said.exit_code, 130);
  EXPECT_THAT(said.err, HasSubstr("what is in Slurm goes on"));
  ASSERT_TRUE(Await([&] { return Queue().empty(); }));
  ASSERT_EQ(Run({"collect", "slurm"}).exit_code, 0);
  ExpectSameAsSerial(8);
}

TEST_F(SlurmFailures, CancelledTasksAreNotSubmittedAgainByThemselves) {
  WriteConfig(8, 0.3);
  const pid_t run = Start(OnSlurm({"--cells-per-task", "4"}));
  ASSERT_TRUE(AwaitRows(0, 1));
  const std::string job = Slurm({"squeue", "--noheader", "--array", "--format=%F "});
  Slurm({"scancel", job.substr(0, job.find(' '))});
  const Said said = Finish(run);
  EXPECT_EQ(said.exit_code, 130);
  EXPECT_THAT(said.err, HasSubstr("their Slurm tasks were cancelled"));
  const Said again = Run(OnSlurm());
  ASSERT_EQ(again.exit_code, 0) << again.err;
  ExpectSameAsSerial(16);
}

TEST_F(SlurmFailures, WorkersThatCannotBeginEndTheRun) {
  WriteConfig(2);
  const pid_t run = Start(OnSlurm({"--slurm", "--begin=now+3"}));
  ASSERT_TRUE(Await([&] { return !Queue().empty(); }));
  Write("slurm/slurm/batch-1/plan.json", "{}");
  const Said said = Finish(run);
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(said.err, HasSubstr("Slurm tasks cannot compute anything"));
  EXPECT_THAT(said.err, HasSubstr("plan.json"));
}

}  // namespace
}  // namespace chaosense
