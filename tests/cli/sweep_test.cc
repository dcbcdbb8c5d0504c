// Sweeps, executors and what becomes of them when processes die.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <sstream>
#include <thread>

#include "core/base/json.h"
#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Clock = std::chrono::steady_clock;

class Sweep : public ProgramTest {
 protected:
  // A cipher whose encryption is this shell script: $1 in, $2 out, $3 key; decryption copies.
  static Json Script(const std::string& label, const std::string& script) {
    return {{"name", label},
            {"external",
             {{"encrypt", {"sh", "-c", script, "sh", "{in}", "{out}", "{key}"}},
              {"decrypt", "cp {in} {out}"}}}};
  }
  void WriteConfig(const Json& patch) const {
    Json config = Json::parse(kGoodConfig);
    config.merge_patch(patch);
    config["tables"][0]["rows"] = {"rate", "method", "cipher"};
    Write("a.json", config.dump());
  }
  Said RunTo(const std::string& out, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"run", "a.json", "--out", out, "--threads", "1"});
    return Run(more);
  }
  void ExpectSameResults(const std::string& a, const std::string& b) const {
    for (const char* file : {"cells.csv", "table.md", "table.tex", "table.csv"}) {
      EXPECT_EQ(Read(a + "/" + file), Read(b + "/" + file)) << a << " and " << b << ": " << file;
      EXPECT_NE(Read(a + "/" + file), "") << file;
    }
  }
  static int64_t Lines(const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  void WaitForLines(const std::string& file, int64_t lines) const {
    const auto deadline = Clock::now() + std::chrono::minutes(2);
    while (Lines(Read(file)) < lines && Clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    ASSERT_GE(Lines(Read(file)), lines);
  }
  // Processes of this test's run folders, by their command lines.
  int Workers() const {
    int found = 0;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", none)) {
      std::ifstream in(entry.path() / "cmdline", std::ios::binary);
      const std::string command{std::istreambuf_iterator<char>(in),
                                std::istreambuf_iterator<char>()};
      if (command.find(folder_.string()) != std::string::npos &&
          command.find("--serve") != std::string::npos)
        ++found;
    }
    return found;
  }
};

const Json kSixteen = {{"rates", {0.25, 0.1}},
                       {"methods", {"pca_lmmse", "gaussian_lmmse"}},
                       {"ciphers", {"paper", "identity"}},
                       {"seeds", {0, 1}}};

TEST_F(Sweep, ResultsDoNotDependOnTheExecutor) {
  WriteConfig(kSixteen);
  ASSERT_EQ(RunTo("serial").exit_code, 0);
  const Said one = RunTo("one", {"--jobs", "1"});
  ASSERT_EQ(one.exit_code, 0) << one.err;
  const Said two = RunTo("two", {"--executor", "local", "--jobs", "2"});
  ASSERT_EQ(two.exit_code, 0) << two.err;
  EXPECT_GT(Lines(Read("serial/cells.csv")), 16 * 4);
  ExpectSameResults("serial", "one");
  ExpectSameResults("serial", "two");
  EXPECT_EQ(Lines(Read("two/ledger.jsonl")), 16);
  EXPECT_EQ(Json::parse(Read("two/manifest.json")).at("jobs"), 2);
}

TEST_F(Sweep, TasksOfWorkersGiveTheSameResults) {
  Json config = kSixteen;
  config["seeds"] = {0, 1, 2, 3, 4, 5, 6, 7};  // long enough to be killed in the middle
  WriteConfig(config);
  ASSERT_EQ(RunTo("serial").exit_code, 0);
  // A run that was killed as soon as its plan stood: tasks do the rest.
  const pid_t child = Start({"run", "a.json", "--out", "shared", "--threads", "1"});
  WaitForLines("shared/ledger.jsonl", 1);
  ::kill(child, SIGKILL);
  Finish(child);
  const Said half = Run({"collect", "shared"});
  EXPECT_EQ(half.exit_code, 1) << "some cells are missing";
  EXPECT_THAT(half.err, ::testing::ContainsRegex("warning: 64 cells: [0-9]+ not run\n$"));
  EXPECT_THAT(Read("shared/cells.csv"), HasSubstr(",,,,,,not run\n"));
  EXPECT_THAT(Read("shared/table.md"), ::testing::ContainsRegex("[0-9]+ of 8 cells not run"));
  for (const char* task : {"2", "0", "1"}) {
    const Said said = Run({"work", "shared", "--task", task, "--tasks", "3"});
    EXPECT_EQ(said.exit_code, 0) << said.err;
  }
  const Said collected = Run({"collect", "shared"});
  EXPECT_EQ(collected.exit_code, 0) << collected.err;
  ExpectSameResults("serial", "shared");
  const std::string ledger = Read("shared/ledger.jsonl");
  EXPECT_EQ(Lines(ledger), 64);
  EXPECT_EQ(Run({"collect", "shared"}).exit_code, 0);
  EXPECT_EQ(Read("shared/ledger.jsonl"), ledger);
}

TEST_F(Sweep, ATaskThatIsStoppedGoesOnWhereItWas) {
  WriteConfig(
      {{"seeds", {0, 1, 2, 3, 4, 5, 6, 7}}, {"ciphers", {Script("slow", "sleep 0.2; cp $1 $2")}}});
  const pid_t run = Start({"run", "a.json", "--out", "r", "--threads", "1"});
  WaitForLines("r/ledger.jsonl", 1);
  ::kill(run, SIGTERM);
  EXPECT_EQ(Finish(run).exit_code, 130);
  const std::vector<std::string> work = {"work", "r", "--task", "0", "--tasks", "1"};
  const pid_t task = Start(work);
  WaitForLines("r/ledgers/task-0.jsonl", 2);
  ::kill(task, SIGTERM);
  EXPECT_EQ(Finish(task).exit_code, 130);
  EXPECT_EQ(Run(work).exit_code, 0);
  EXPECT_EQ(Run({"collect", "r"}).exit_code, 0);
  const std::string ledger = Read("r/ledger.jsonl");
  const bool interrupted = ledger.find("\"interrupted\"") != std::string::npos;
  EXPECT_EQ(Lines(ledger), interrupted ? 9 : 8);
}

// ---- workers that die

TEST_F(Sweep, AKilledWorkerLosesOnlyItsCell) {
  WriteConfig({{"ciphers",
                {"identity",
                 Script("deadly",
                        "if [ -e " + Path("once") + " ]; then cp $1 $2; else touch " +
                            Path("once") + "; kill -9 $PPID; fi")}},
               {"seeds", {0, 1, 2}}});
  const Said said = RunTo("r", {"--jobs", "2"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("worker killed by signal 9 (Killed); it is tried again"));
  EXPECT_EQ(Lines(Read("r/ledger.jsonl")), 6);
}

TEST_F(Sweep, RetriesEnd) {
  WriteConfig(
      {{"ciphers", {Script("deadly", "echo x >> " + Path("log") + "; kill -9 $PPID"), "identity"}},
       {"seeds", {0}}});
  for (const auto& [retries, times] : {std::pair{"0", 1}, {"1", 2}, {"3", 4}}) {
    std::filesystem::remove(folder_ / "log");
    const Said said = RunTo("r", {"--jobs", "1", "--retries", retries});
    EXPECT_EQ(said.exit_code, 1);
    EXPECT_EQ(Lines(Read("log")), times) << retries;
  }
  EXPECT_THAT(Read("r/cells.csv"),
              HasSubstr(",deadly,,gray,0,,,,,,failed: worker killed by signal 9 (Killed)\n"));
  EXPECT_THAT(Read("r/table.md"), HasSubstr("failed: worker killed by signal 9"));
  EXPECT_THAT(Read("r/cells.csv"), HasSubstr(",identity,,gray,0,psnr,3"));
}

TEST_F(Sweep, ALateCellIsEnded) {
  WriteConfig({{"ciphers", {Script("slow", "sleep 100"), "identity"}}, {"timeout", 1}});
  const auto start = Clock::now();
  const Said said = RunTo("r");
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(50));
  EXPECT_EQ(said.exit_code, 1);
  EXPECT_THAT(Read("r/cells.csv"), HasSubstr("failed: timed out after 1.0 s\n"));
  EXPECT_THAT(Read("r/cells.csv"), HasSubstr(",identity,,gray,0,psnr,3"));
  EXPECT_THAT(said.err, Not(HasSubstr("tried again")));
  // A cell that is in time is not affected, and the command line outdoes the config.
  WriteConfig({{"ciphers", {Script("slow", "sleep 1.5; cp $1 $2")}}, {"timeout", 1}});
  EXPECT_EQ(RunTo("other", {"--timeout", "60"}).exit_code, 0);
  EXPECT_EQ(Run({"run", "a.json", "--executor", "serial"}).exit_code, 2);
}

TEST_F(Sweep, FailFastEndsTheRun) {
  WriteConfig({{"ciphers", {Script("broken", "exit 3"), "identity"}}, {"seeds", {0, 1, 2}}});
  for (const auto& executor : {std::vector<std::string>{}, {"--jobs", "1"}}) {
    std::vector<std::string> options = {"--fail-fast"};
    options.insert(options.end(), executor.begin(), executor.end());
    const std::string out = executor.empty() ? "serial" : "local";
    const Said said = RunTo(out, options);
    EXPECT_EQ(said.exit_code, 1);
    EXPECT_THAT(said.err, HasSubstr("6 cells: 1 failed, 5 not run; the reasons are in "));
    EXPECT_EQ(Lines(Read(out + "/ledger.jsonl")), 1);
    EXPECT_THAT(Read(out + "/cells.csv"), HasSubstr(",not run\n"));
    EXPECT_THAT(said.out, HasSubstr("failed: leaves00: external cipher: encrypt: sh: exit code 3"));
    EXPECT_EQ(RunTo(out).exit_code, 1);
    EXPECT_THAT(Read(out + "/cells.csv"), Not(HasSubstr("not run")));
  }
}

// ---- the whole run dies

class KilledSweep : public Sweep {
 protected:
  KilledSweep() {
    Json seeds = Json::array();
    for (int seed = 0; seed < kCells; ++seed) seeds.push_back(seed);
    WriteConfig(
        {{"seeds", seeds},
         {"ciphers", {Script("noted", "echo $(cat $3) >> " + Path("log") + "; cp $1 $2")}}});
  }
  // Runs, is killed by `kill` after some cells, runs again.
  template <typename Kill>
  void ExpectResumed(Kill kill) {
    const std::vector<std::string> command = {
        "run", "a.json", "--out", "killed", "--threads", "1", "--jobs", "2"};
    const pid_t child = Start(command);
    WaitForLines("killed/ledger.jsonl", 5);
    kill(child);
    EXPECT_EQ(Finish(child).exit_code, 128 + SIGKILL);
    const auto deadline = Clock::now() + std::chrono::seconds(20);
    while (Workers() > 0 && Clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(Workers(), 0) << "workers outlive their controller";
    EXPECT_LT(Lines(Read("killed/ledger.jsonl")), kCells) << "it was not killed in the middle";
    const Said resumed = Run(command);
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(Lines(Read("killed/ledger.jsonl")), kCells) << "a finished cell was run again";
    // The script notes the key, which tells cells apart.
    std::map<std::string, int> times;
    std::istringstream lines(Read("log"));
    for (std::string line; std::getline(lines, line);) ++times[line];
    EXPECT_EQ(times.size(), kCells);
    const auto fewest = std::min_element(times.begin(), times.end(), [](auto& a, auto& b) {
                          return a.second < b.second;
                        })->second;
    const auto twice = std::count_if(
        times.begin(), times.end(), [&](const auto& one) { return one.second > fewest; });
    EXPECT_LE(twice, 2) << "more cells than jobs were lost";
    ASSERT_EQ(RunTo("whole").exit_code, 0);
    ExpectSameResults("whole", "killed");
  }

  static constexpr int kCells = 60;
};

TEST_F(KilledSweep, WithItsProcessGroup) {
  ExpectResumed([](pid_t child) { ::kill(-child, SIGKILL); });
}

TEST_F(KilledSweep, TheControllerAlone) {
  ExpectResumed([](pid_t child) { ::kill(child, SIGKILL); });
}

TEST_F(KilledSweep, AnInterruptKeepsWhatIsFinished) {
  const std::vector<std::string> command = {"run", "a.json", "--out", "r", "--jobs", "2"};
  const pid_t child = Start(command);
  WaitForLines("r/ledger.jsonl", 5);
  ::kill(-child, SIGINT);  // as a terminal does: to all of them
  const Said said = Finish(child);
  EXPECT_EQ(said.exit_code, 130);
  const size_t told = said.err.find("interrupted");
  EXPECT_NE(told, std::string::npos);
  EXPECT_EQ(said.err.find("interrupted", told + 1), std::string::npos) << said.err;
  EXPECT_EQ(Workers(), 0);
  EXPECT_LT(Lines(Read("r/ledger.jsonl")), kCells);
  EXPECT_EQ(Run(command).exit_code, 0);
  EXPECT_EQ(Lines(Read("r/ledger.jsonl")), kCells);
}

TEST_F(Sweep, ProgramsEndWithTheRunAndItsTemporaryFilesGo) {
  WriteConfig({{"ciphers", {Script("slow", "echo $$ > " + Path("pid") + "; sleep 100")}}});
  for (const auto& options : {std::vector<std::string>{}, {"--jobs", "1"}}) {
    std::vector<std::string> command = {"run", "a.json", "--out", "r"};
    command.insert(command.end(), options.begin(), options.end());
    const pid_t child = Start(command);
    WaitForLines("pid", 1);
    ::kill(child, SIGKILL);
    Finish(child);
    const auto deadline = Clock::now() + std::chrono::seconds(20);
    std::string state;
    do {
      std::ifstream stat("/proc/" + Read("pid").substr(0, Read("pid").size() - 1) + "/stat");
      std::string number, name;
      state = "gone";
      stat >> number >> name >> state;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    } while (state != "gone" && state != "Z" && Clock::now() < deadline);
    EXPECT_THAT(state, ::testing::AnyOf("gone", "Z"));
    std::filesystem::remove(folder_ / "pid");
  }
  Write("r/.chaosense.tmp17.1", "left");
  WriteConfig({{"ciphers", {"identity"}}});
  EXPECT_EQ(RunTo("r").exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "r/.chaosense.tmp17.1"));
}

TEST_F(Sweep, AMeanOverSomeSeedsSaysSo) {
  // Fails for every key that begins with 0 to 7.
  const std::string half = "case $(head -c 1 $3) in [0-7]) echo no >&2; exit 7;; esac; cp $1 $2";
  WriteConfig(
      {{"ciphers", {"identity", Script("half", half)}}, {"seeds", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}});
  const Said said = RunTo("r");
  EXPECT_EQ(said.exit_code, 1);
  const auto lacks = ::testing::ContainsRegex(
      "[1-9] of 10 cells failed: leaves00: external cipher: encrypt: sh: exit code 7: no");
  EXPECT_THAT(Read("r/table.md"), lacks);
  EXPECT_THAT(Read("r/table.md"), ::testing::ContainsRegex("half +\\| +[0-9.]+<sup>a</sup>"));
  EXPECT_THAT(Read("r/table.tex"), lacks);
  EXPECT_THAT(Read("r/table.csv"), lacks);
  EXPECT_THAT(Read("r/report.html"), lacks);
}

TEST_F(Sweep, WhatTheConfigNoLongerNamesGoes) {
  Json figures = Json::array();
  for (const auto& [id, metric] : {std::pair{"f", "psnr"}, {"none", "npcr"}}) {
    figures.push_back({{"id", id},
                       {"x", "rate"},
                       {"y", metric},
                       {"series", "method"},
                       {"filter", {{"image", "*mean"}}}});
  }
  WriteConfig({{"figures", figures}});
  const Said said = RunTo("r");
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("figures without results, left out: none\n"));
  const auto there = [&](const std::string& file) {
    return std::filesystem::exists(folder_ / "r" / file);
  };
  EXPECT_TRUE(there("figures/f.gp"));
  EXPECT_FALSE(there("figures/none.gp"));
  Write("r/figures/own.png", "the user's");
  Json config = Json::parse(Read("a.json"));
  config["figures"] = Json::array();
  config["tables"] = Json::array();
  Write("a.json", config.dump());
  ASSERT_EQ(RunTo("r").exit_code, 0);
  for (const char* file : {"table.md", "table.tex", "table.csv", "figures/f.gp", "figures/f.csv"})
    EXPECT_FALSE(there(file)) << file;
  EXPECT_TRUE(there("figures/own.png"));
  EXPECT_EQ(Run({"verify", "r"}).exit_code, 0);
}

// ---- sweeps

TEST_F(Sweep, SweptSettingsAreColumnsEverywhere) {
  WriteConfig({{"ciphers", {"paper"}}});
  const Said said = RunTo("r",
                          {"--set",
                           "measure=[\"correlation\"]",
                           "--set",
                           "tables.t.metric=correlation_h_sampled",
                           "--sweep",
                           "correlation_pairs=100,2000",
                           "--sweep",
                           "seeds=[0],[1]"});
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(Read("r/cells.csv"), HasSubstr(",seed,sweep.correlation_pairs,sweep.seeds,metric,"));
  EXPECT_THAT(Read("r/cells.csv"), HasSubstr(",gray,1,2000,[1],correlation_h"));
  EXPECT_THAT(said.out, HasSubstr("sweep.correlation_pairs"));
  EXPECT_THAT(said.out, HasSubstr("| 2000"));
  EXPECT_THAT(Read("r/report.html"), HasSubstr("sweep.correlation_<wbr>pairs"));
}

TEST_F(Sweep, EveryPointIsCheckedBeforeTheFirstCell) {
  WriteConfig(Json::object());
  EXPECT_THAT(
      ErrorOf({"run", "a.json", "--sweep", "rates=[0.25],[1.5]"}, 2),
      HasSubstr("1.5 is out of range, expected at most 1 (at the sweep point rates=[1.5])"));
  EXPECT_THAT(ErrorOf({"run", "a.json", "--sweep", "methods=[\"pca_lmmse\"],[\"nothing\"]"}, 2),
              HasSubstr("(at the sweep point methods=[\"nothing\"])"));
  EXPECT_THAT(ErrorOf({"run", "a.json", "--set", "tables.t.rows=[\"sweep.rates\"]"}, 2),
              HasSubstr("sweep.rates"));
}

TEST_F(Sweep, ADryRunCountsAndEstimates) {
  WriteConfig({{"seeds", {0, 1, 2}}});
  Said said = RunTo("r", {"--dry-run"});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_THAT(said.out, HasSubstr("3 cells: 0 done, 0 failed before, 3 missing; 3 to run\n"));
  EXPECT_THAT(said.out, HasSubstr("unknown"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "r"));
  ASSERT_EQ(RunTo("r", {"--set", "seeds=[1]"}).exit_code, 0);
  said = RunTo("r", {"--dry-run", "--set", "ciphers=[\"identity\",\"paper\"]"});
  EXPECT_THAT(said.out, HasSubstr("6 cells: 1 done, 0 failed before, 5 missing; 5 to run\n"));
  EXPECT_THAT(said.out, ::testing::ContainsRegex("about [0-9.]+ s of computing, and [0-9.]+ k?B"));
  // The other cipher is told by the first one.
  EXPECT_THAT(said.out,
              HasSubstr("of 5 to run 2 by cells that differ in the seed alone, 3 by cells with "
                        "another cipher\n"));
}

}  // namespace
}  // namespace chaosense
