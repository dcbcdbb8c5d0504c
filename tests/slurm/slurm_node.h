// A test with a Slurm of its own, and what tests look at there.
#ifndef CHAOSENSE_TESTS_SLURM_SLURM_NODE_H_
#define CHAOSENSE_TESTS_SLURM_SLURM_NODE_H_

#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/process.h"
#include "tests/cli/program.h"

extern char** environ;

namespace chaosense {

class SlurmTest : public ProgramTest {
 protected:
  void SetUp() override {
    if (!Node("available").ok()) {
      GTEST_SKIP()
          << "Slurm is not installed (Debian packages munge slurmctld slurmd slurm-client)";
    }
    ForgetOtherSlurm();
    ::setenv("MAX_ARRAY_SIZE", "5", 1);  // arrays of at most five tasks
    started_ = true;
    const ProcessResult start = Node("start");
    ASSERT_TRUE(start.ok()) << start.error;
    ::setenv("SLURM_CONF", (folder_ / "node" / "slurm.conf").c_str(), 1);
  }
  void TearDown() override {
    if (started_) Node("stop");
    ::unsetenv("SLURM_CONF");
  }

  ProcessResult Node(const std::string& command) const {
    ProcessOptions options;
    options.arguments = {CHAOSENSE_SOURCE_DIR "/tests/slurm/node.sh", command};
    if (command != "available") options.arguments.push_back((folder_ / "node").string());
    return RunProcess(options);
  }
  std::string Slurm(const std::vector<std::string>& command) const {
    ProcessOptions options;
    options.arguments = command;
    const ProcessResult result = RunProcess(options);
    EXPECT_TRUE(result.ok()) << result.Failure();
    return {result.output.begin(), result.output.end()};
  }
  std::string Queue() const { return Slurm({"squeue", "--noheader", "--array"}); }

  // Cells of two ciphers, a and b, for each seed; they sleep so many seconds rather than compute.
  void WriteConfig(int seeds, double seconds = 0.1) const {
    Write("slow.sh", "sleep " + std::to_string(seconds) + "\ncp \"$1\" \"$2\"\n");
    std::string list;
    for (int seed = 0; seed < seeds; ++seed) list += (seed == 0 ? "" : ",") + std::to_string(seed);
    const auto cipher = [](const std::string& name) {
      return R"({"name": ")" + name + R"(", "external": {"encrypt": "sh slow.sh {in} {out} )" +
             name + R"(", "decrypt": "cp {in} {out}"}})";
    };
    Write("a.json",
          R"({"experiment": "pipeline", "datasets": ["generated_test"], "images": ["leaves00"],
              "rates": [0.25], "methods": ["pca_lmmse"], "measure": ["quality", "entropy"],
              "seeds": [)" +
              list + R"(], "ciphers": [)" + cipher("a") + ", " + cipher("b") + R"(],
              "tables": [{"id": "t", "metrics": ["psnr", "entropy"], "rows": ["cipher", "seed"],
                          "columns": ["metric"], "filter": {"image": "leaves00"}}]})");
  }
  static std::vector<std::string> Serially() {
    return {"run", "a.json", "--threads", "1", "--out", "serial"};
  }
  static std::vector<std::string> OnSlurm(const std::vector<std::string>& more = {}) {
    std::vector<std::string> command = {"run", "a.json", "--out", "slurm", "--executor", "slurm"};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }

  // The results of the run on Slurm are those of a serial one, byte for byte.
  void ExpectSameAsSerial(int cells) const {
    const Said serial = Run(Serially());
    ASSERT_EQ(serial.exit_code, 0) << serial.err;
    for (const char* file : {"cells.csv", "table.md", "table.tex", "table.csv"}) {
      EXPECT_EQ(Read(std::string("slurm/") + file), Read(std::string("serial/") + file)) << file;
    }
    EXPECT_EQ(Count(Read("serial/ledger.jsonl"), "\"status\":\"ok\""), cells);
  }

  // How often cells were finished, in the ledgers of all tasks together.
  int64_t Computed() const {
    int64_t rows = 0;
    for (const std::string& file : TaskLedgers()) rows += Count(Read(file), "\"status\":\"ok\"");
    return rows;
  }
  std::vector<std::string> TaskLedgers() const {
    std::vector<std::string> files;
    std::error_code none;
    for (const auto& entry :
         std::filesystem::directory_iterator(folder_ / "slurm" / "ledgers", none)) {
      if (entry.path().extension() == ".jsonl")
        files.push_back("slurm/ledgers/" + entry.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  static int64_t Count(const std::string& text, const std::string& part) {
    int64_t count = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++count;
    return count;
  }
  // Whether it came true within a minute.
  static bool Await(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < deadline) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  // The process of `chaosense work` that computes the task; -1 if there is none.
  pid_t WorkerOf(int task) const {
    const std::string run = std::string("\0work\0", 6) + (folder_ / "slurm").string();
    const std::string number = std::string("\0--task\0", 8) + std::to_string(task) + '\0';
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const std::string name = entry.path().filename().string();
      if (name.find_first_not_of("0123456789") != std::string::npos) continue;
      std::ifstream in(entry.path() / "cmdline", std::ios::binary);
      const std::string line{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      if (line.starts_with(CHAOSENSE_PROGRAM) && line.find(run) != std::string::npos &&
          line.find(number) != std::string::npos)
        return std::stoi(name);
    }
    return -1;
  }

 private:
  // These tests may themselves run in a job of a real cluster.
  static void ForgetOtherSlurm() {
    std::vector<std::string> names;
    for (char** entry = environ; *entry != nullptr; ++entry) {
      const std::string name = std::string(*entry).substr(0, std::string(*entry).find('='));
      for (const char* prefix : {"SLURM_", "SBATCH_", "SQUEUE_", "SCANCEL_"}) {
        if (name.starts_with(prefix)) names.push_back(name);
      }
    }
    for (const std::string& name : names) ::unsetenv(name.c_str());
  }

  bool started_ = false;
};

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_SLURM_SLURM_NODE_H_
