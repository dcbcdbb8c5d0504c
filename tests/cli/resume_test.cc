// A run that is killed or stopped ends, run again, with the very tables of a run left alone.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/cli/program.h"

namespace chaosense {
namespace {

class Resuming : public ProgramTest {
 protected:
  Resuming() { Write("a.json", kGoodConfig); }

  std::vector<std::string> Command(const std::string& out) const {
    return {"run",
            "a.json",
            "--threads",
            "1",
            "--out",
            out,
            "--set",
            "rates=[0.25,0.1,0.04]",
            "--set",
            "seeds=[0,1,2]"};
  }
  static int64_t Lines(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  }

  // Starts a run, sends the signal once the ledger has two lines, and returns how the process
  // ended.
  int StopAfterTwoCells(int signal) {
    const pid_t child = Start(Command("stopped"));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (Lines(Read("stopped/ledger.jsonl")) < 2 && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ::kill(child, signal);
    return Finish(child).exit_code;
  }
  void ExpectSameAsUndisturbed() {
    const int64_t kept = Lines(Read("stopped/ledger.jsonl"));
    const Said resumed = Run(Command("stopped"));
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    ASSERT_EQ(Run(Command("whole")).exit_code, 0);
    for (const char* file : {"cells.csv", "table.md", "table.tex", "table.csv"}) {
      EXPECT_EQ(Read(std::string("stopped/") + file), Read(std::string("whole/") + file)) << file;
    }
    EXPECT_GT(Lines(Read("whole/cells.csv")), 9);
    EXPECT_LT(kept, 9) << "it was not stopped in the middle";
    EXPECT_THAT(resumed.err, ::testing::HasSubstr("9 cells: "));
    EXPECT_THAT(resumed.err, ::testing::Not(::testing::HasSubstr("9 cells: 0 done")));
  }
};

TEST_F(Resuming, AfterAKill) {
  EXPECT_EQ(StopAfterTwoCells(SIGKILL), 128 + SIGKILL);
  ExpectSameAsUndisturbed();
  EXPECT_EQ(Lines(Read("stopped/ledger.jsonl")), 9) << "a finished cell was run again";
}

TEST_F(Resuming, AfterAnInterrupt) {
  EXPECT_EQ(StopAfterTwoCells(SIGINT), 130);
  EXPECT_THAT(Read("stderr.txt"), ::testing::HasSubstr("run the same command again to resume"));
  ExpectSameAsUndisturbed();
}

TEST_F(Resuming, NothingIsRunTwice) {
  ASSERT_EQ(Run(Command("whole")).exit_code, 0);
  const std::string ledger = Read("whole/ledger.jsonl");
  const std::string table = Read("whole/table.md");
  const Said again = Run(Command("whole"));
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_THAT(again.err, ::testing::HasSubstr("9 cells: 9 done, 0 to run"));
  EXPECT_EQ(Read("whole/ledger.jsonl"), ledger);
  EXPECT_EQ(Read("whole/table.md"), table);
}

TEST_F(Resuming, TwoRunsDoNotShareAFolder) {
  const pid_t first = Start(Command("stopped"));
  const auto start = std::chrono::steady_clock::now();
  while (Lines(Read("stopped/ledger.jsonl")) < 1 &&
         std::chrono::steady_clock::now() - start < std::chrono::minutes(1))
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ASSERT_GE(Lines(Read("stopped/ledger.jsonl")), 1U);
  ::kill(first, SIGSTOP);  // it must not finish meanwhile
  const Said second = Run(Command("stopped"));
  ::kill(first, SIGKILL);
  Finish(first);
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(
      second.err,
      ::testing::HasSubstr("another run (process " + std::to_string(first) + ") is writing here"));
}

}  // namespace
}  // namespace chaosense
