#include "core/randomness/external.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/base/random.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

TEST(Dieharder, LinesOfItsTable) {
  const auto line =
      ParseDieharderLine("         sts_monobit,   1,    100000,     100,0.73811245,  PASSED  ");
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->outcome.test, "sts_monobit");
  EXPECT_EQ(line->outcome.variant, "ntuple=1");
  EXPECT_EQ(line->outcome.p_value, 0.73811245);
  EXPECT_EQ(line->assessment, "PASSED");
  EXPECT_FALSE(ParseDieharderLine("# The file file_input_raw was rewound 10 times").has_value());
  EXPECT_FALSE(ParseDieharderLine("a,b,c,d,e,f").has_value());
  EXPECT_FALSE(ParseDieharderLine("").has_value());
}

TEST(Dieharder, RewindsAreSeen) {
  EXPECT_EQ(DieharderRewinds("# The file file_input_raw was rewound 1 times\n"
                             "# The file file_input_raw was rewound 14 times\n"),
            14);
  EXPECT_EQ(DieharderRewinds(""), 0);
}

class ExternalTest : public ::testing::Test {
 protected:
  ExternalTest() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "chaosense_ext_XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ExternalTest() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path File(const Bytes& bytes) const {
    WriteFileAtomically(folder_ / "bytes", bytes);
    return folder_ / "bytes";
  }
  std::filesystem::path folder_;
};

TEST_F(ExternalTest, DieharderRefusesToJudgeAFileItReadTwice) {
  if (FindProgram("dieharder").empty()) GTEST_SKIP() << "dieharder is not installed";
  RandomStream random("dieharder");
  const auto outcomes = RunDieharder(File(random.RandomBytes(2000000)), {100}, 60);
  ASSERT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(outcomes[0].outcome.test, "sts_monobit");
  EXPECT_THAT(outcomes[0].outcome.not_applicable, HasSubstr("the data is too short"));
  EXPECT_THROW(RunDieharder(folder_ / "bytes", {55}, 60), Error);
}

// The program itself, on as many bytes as it wants: 100 times 100,000 words.
TEST_F(ExternalTest, DieharderJudgesWhatSuffices) {
  if (FindProgram("dieharder").empty()) GTEST_SKIP() << "dieharder is not installed";
  RandomStream random("dieharder");
  const auto good = RunDieharder(File(random.RandomBytes(41000000)), {100}, 300);
  ASSERT_EQ(good.size(), 1U);
  EXPECT_TRUE(good[0].outcome.applicable()) << good[0].outcome.not_applicable;
  EXPECT_GT(good[0].outcome.p_value, 1e-6);
  EXPECT_NE(good[0].assessment, "FAILED");
  const auto bad = RunDieharder(File(Bytes(41000000, 0x53)), {100}, 300);
  EXPECT_EQ(bad.at(0).assessment, "FAILED");
}

TEST_F(ExternalTest, MissingProgramsAreSaidPlainly) {
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", folder_.c_str(), 1);
  const auto message = [&](auto run) -> std::string {
    try {
      run();
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  };
  const auto file = File(Bytes(2048));
  EXPECT_THAT(message([&] { RunDieharder(file, {100}, 60); }),
              HasSubstr("dieharder is not installed"));
  EXPECT_THAT(message([&] { RunPractRand(file, 2048, 60); }),
              HasSubstr("PractRand is not installed"));
  ::setenv("PATH", path.c_str(), 1);
}

// Printed by RNG_test of PractRand 0.95.
TEST(PractRand, ItsOutput) {
  const auto levels = ParsePractRand(R"(RNG_test using PractRand version 0.95
RNG = RNG_stdin8, seed = unknown
test set = core, folding = standard (8 bit)

rng=RNG_stdin8, seed=unknown
length= 8 kibibytes (2^13 bytes), time= 1.7 seconds
  Test Name                         Raw       Processed     Evaluation
  Gap-16:B                          R=  -2.9  p =1-3.1e-3   unusual          
  ...and 18 test result(s) without anomalies

rng=RNG_stdin8, seed=unknown
length= 16 kibibytes (2^14 bytes), time= 3.0 seconds
  no anomalies in 22 test result(s)

rng=RNG_stdin8, seed=unknown
length= 32 kibibytes (2^15 bytes), time= 4.3 seconds
  Test Name                         Raw       Processed     Evaluation
  DC6-9x1Bytes-1                    R=+508.2  p =  5.1e-141   FAIL !!!!!     
  FPF-14+6/16:all                   R=+529.7  p~=   8e-312    FAIL !!!!!!    
  mod3n(5):(0,9-6)                  R= +18.9  p =  1.3e-7     very suspicious  
)");
  ASSERT_EQ(levels.size(), 3U);
  EXPECT_EQ(levels[0].bytes, 8192U);
  ASSERT_EQ(levels[0].remarkable.size(), 1U);
  EXPECT_EQ(levels[0].remarkable[0].outcome.test, "Gap-16:B");
  EXPECT_EQ(levels[0].remarkable[0].outcome.p_value, 3.1e-3);
  EXPECT_EQ(levels[0].remarkable[0].assessment, "unusual");
  EXPECT_FALSE(levels[0].failed);
  EXPECT_TRUE(levels[1].remarkable.empty());
  ASSERT_EQ(levels[2].remarkable.size(), 3U);
  EXPECT_TRUE(levels[2].failed);
  EXPECT_EQ(levels[2].remarkable[1].outcome.p_value, 8e-312);
  EXPECT_EQ(levels[2].remarkable[2].assessment, "very suspicious");
}

TEST_F(ExternalTest, PractRandStopsAtTheFirstFailure) {
  if (FindProgram("RNG_test").empty()) GTEST_SKIP() << "PractRand is not installed";
  Bytes bytes(65536);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * i);
  const auto levels = RunPractRand(File(bytes), 65536, 120);
  ASSERT_FALSE(levels.empty());
  EXPECT_TRUE(levels.back().failed);
  EXPECT_EQ(levels.back().bytes, 1024U);
}

}  // namespace
}  // namespace chaosense
