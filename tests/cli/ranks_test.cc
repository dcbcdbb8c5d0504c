// `chaosense train --ranks`: several processes train one network.
#include <gmock/gmock.h>

#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

class TrainRanks : public ProgramTest {
 protected:
  void SetUp() override {
    if (CHAOSENSE_HAS_NETS == 0) GTEST_SKIP() << "built without networks";
    Write("t.json", R"({
      "trainer": "nets", "net": {"name": "reconnet", "measurements": 10},
      "datasets": ["generated_train"], "validation": "generated_val",
      "validation_blocks": 20, "closed_form_blocks": 2000, "batch": 8, "iterations": 4,
      "warm_up": 1, "precision": "float", "validate_every": 2})");
  }
};

TEST_F(TrainRanks, TwoProcessesMakeOneWeightFile) {
  const Said said = Run({"train", "t.json", "--ranks", "2", "--threads", "1", "--out", "two"});
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("weights: two/reconnet_10.safetensors\n"));
  EXPECT_EQ(said.out.find("weights:"), said.out.rfind("weights:")) << "only rank 0 speaks";
  EXPECT_THAT(Read("two/log.jsonl"), HasSubstr("\"iteration\":4"));
  EXPECT_FALSE(Read("two/reconnet_10.safetensors").empty());
}

TEST_F(TrainRanks, OneThatFailsEndsTheOthers) {
  const Said said = Run({"train", "t.json", "--ranks", "3", "--threads", "1", "--out", "three"});
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_THAT(said.err, HasSubstr("/batch: 3 ranks do not divide a batch of 8"));
}

TEST_F(TrainRanks, Mistakes) {
  const auto error = [this](std::vector<std::string> options) {
    options.insert(options.begin(), {"train", "t.json"});
    return ErrorOf(options, 2);
  };
  EXPECT_EQ(error({"--ranks", "two"}), "--ranks: \"two\" is no whole number from 1 to 4096");
  EXPECT_EQ(error({"--ranks", "2", "--rank", "0"}), "--rank and --rendezvous belong together");
  EXPECT_EQ(error({"--ranks", "2", "--rank", "2", "--rendezvous", "a:1"}),
            "--rank: \"2\" is no whole number from 0 to 1");
  EXPECT_EQ(error({"--ranks", "2", "--rank", "1", "--rendezvous", "a"}),
            "--rendezvous: \"a\" is no HOST:PORT");
  EXPECT_EQ(error({"--ranks", "slurm"}),
            "--ranks slurm: SLURM_NTASKS is not set; start it by srun");
}

}  // namespace
}  // namespace chaosense
