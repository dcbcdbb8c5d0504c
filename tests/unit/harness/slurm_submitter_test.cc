// The submitter against programs that answer as Slurm's do.
#include "core/harness/slurm_submitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "core/base/file.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Programs scontrol, squeue and sbatch, before those that PATH has. squeue counts `jobs` lines; it
// fails, as without slurmctld, while the file "down" is there. sbatch notes its arguments, and
// makes "down" if "goes_down" is there.
class FakeSlurm {
 public:
  FakeSlurm() {
    Program("scontrol", "echo MaxArraySize = 4; echo MaxJobCount = 100");
    Program("squeue", "[ -e $at/down ] && { echo Socket timed out >&2; exit 1; }; exit 0");
    Program("sbatch",
            "echo \"$*\" >> $at/submitted; [ -e $at/goes_down ] && touch $at/down; "
            "wc -l < $at/submitted");
    path_ = std::getenv("PATH");
    ::setenv("PATH", (folder_.path().string() + ":" + path_).c_str(), 1);
  }
  ~FakeSlurm() { ::setenv("PATH", path_.c_str(), 1); }

  void Touch(const char* name) { std::ofstream(folder_.path() / name); }
  void Remove(const char* name) { fs::remove(folder_.path() / name); }
  std::string Submitted() const { return ReadTextFile(folder_.path() / "submitted"); }

 private:
  void Program(const char* name, const std::string& commands) {
    const fs::path file = folder_.path() / name;
    std::ofstream(file) << "#!/bin/sh\nat='" << folder_.path().string() << "'\n"
                        << commands << '\n';
    fs::permissions(file, fs::perms::owner_all);
  }

  TemporaryFolder folder_;
  std::string path_;
};

PlanFile PlanOf(const fs::path& folder) {
  PlanFile plan;
  plan.options.folder = folder;
  plan.to_run = {"a", "b", "c", "d", "e", "f", "g", "h"};
  return plan;
}

TEST(SlurmSubmitter, TellsOfArraysSubmittedBeforeSlurmFellSilent) {
  FakeSlurm slurm;
  const TemporaryFolder folder;
  SlurmSubmitter submitter(folder.path(), {}, 0);
  submitter.AddBatch(PlanOf(folder.path()), 8);  // two arrays of four
  slurm.Touch("goes_down");
  const std::vector<BatchArray> first = submitter.SubmitWhatFits();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].first, 0);
  EXPECT_THROW(submitter.SubmitWhatFits(), SlurmUnavailable);
  slurm.Remove("goes_down");
  slurm.Remove("down");
  const std::vector<BatchArray> second = submitter.SubmitWhatFits();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].first, 4);
  EXPECT_EQ(submitter.waiting(), 0U);
}

TEST(SlurmSubmitter, ArraysOfABatchShareTheTasksAtOnce) {
  FakeSlurm slurm;
  const TemporaryFolder folder;
  SlurmOptions options;
  options.at_once = 4;
  SlurmSubmitter submitter(folder.path(), options, 0);
  submitter.AddBatch(PlanOf(folder.path()), 8);
  EXPECT_EQ(submitter.SubmitWhatFits().size(), 2U);
  const std::string said = slurm.Submitted();
  const size_t first = said.find("--array=0-3%2");
  ASSERT_NE(first, std::string::npos) << said;
  EXPECT_NE(said.find("--array=0-3%2", first + 1), std::string::npos) << said;
}

}  // namespace
}  // namespace chaosense
