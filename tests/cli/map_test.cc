// `chaosense map` as a user runs it.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "tests/cli/program.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;

using MapCommand = ProgramTest;

TEST_F(MapCommand, PrintsMeasuresWithTheirDefinitions) {
  const Said said =
      Run({"map", "henon", "--analyse", "lyapunov", "--option", "lyapunov_steps=50000"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("lyapunov_1"));
  EXPECT_THAT(said.out, HasSubstr("0.4"));
  EXPECT_THAT(said.out, HasSubstr("kaplan_yorke_dimension"));
}

TEST_F(MapCommand, ReadsAMapFromAFileAndDrawsIt) {
  Write("my.json",
        R"JSON({"name": "mine", "state": ["x"],
                "parameters": {"a": {"default": 3.9, "minimum": 3, "maximum": 4}},
                "next": {"x": "a*x*(1 - x)"}, "domain": {"x": [0, 1]}, "initial": {"x": 0.3}})JSON");
  const Said said = Run({"map",
                         "my.json",
                         "--analyse",
                         "lyapunov,bifurcation,portrait,density",
                         "--set",
                         "a=3.8",
                         "--sweep",
                         "a=3.4:4:40",
                         "--out",
                         "figures",
                         "--option",
                         "lyapunov_steps=20000"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  for (const char* name : {"bifurcation", "portrait", "density", "lyapunov"})
    EXPECT_FALSE(Read(std::string("figures/mine_") + name + ".gp").empty()) << name;
  EXPECT_THAT(said.out, HasSubstr("a = 3.8"));
}

TEST_F(MapCommand, FindsTheDeadZoneOfLasm) {
  const Said said = Run({"map", "2d_lasm", "--analyse", "weaknesses"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("dead zone"));
  EXPECT_THAT(said.out, HasSubstr(".. 1:"));
}

// b of the Henon map's file is a plain number: it has no range.
TEST_F(MapCommand, ParametersWithoutARangeAreFixed) {
  const std::string file = CHAOSENSE_SOURCE_DIR "/configs/maps/henon.json";
  const Said said = Run({"map",
                         file,
                         "--analyse",
                         "box,keys,key_bits",
                         "--option",
                         "key_count=20",
                         "--option",
                         "box_points=20"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("b = 0.3 (no range)"));
  EXPECT_THAT(said.out, testing::Not(HasSubstr("e+308")));
  EXPECT_THAT(said.out, testing::ContainsRegex("key_bits_resolved +1[0-9][0-9] "));
  Write(
      "fixed.json",
      R"JSON({"name": "fixed", "state": ["x"], "parameters": {"a": 3.9}, "next": {"x": "a*x*(1 - x)"},
                "domain": {"x": [0, 1]}, "initial": {"x": 0.3}})JSON");
  EXPECT_THAT(ErrorOf({"map", "fixed.json", "--analyse", "bifurcation", "--out", "f"}, 2),
              HasSubstr("no parameter of fixed has a range; give --sweep"));
  EXPECT_EQ(
      Run({"map", "fixed.json", "--analyse", "bifurcation", "--out", "f", "--sweep", "a=3.4:4:20"})
          .exit_code,
      0);
}

// An orbit that escapes: figures with nothing to show are left out, gnuplot has nothing to complain
// of; what can be measured is.
TEST_F(MapCommand, EscapingOrbitsAreAResult) {
  Write("away.json",
        R"JSON({"name": "away", "state": ["x"], "next": {"x": "3*x + 2"},
                "domain": {"x": [0, 1]}, "initial": {"x": 0.5}})JSON");
  Said said = Run({"map",
                   "away.json",
                   "--analyse",
                   "lyapunov,cycles,density,sensitivity,portrait",
                   "--out",
                   "figures"});
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("not measured: lyapunov: the orbit escapes"));
  EXPECT_THAT(said.out, HasSubstr("cycle_escaped_float32"));
  EXPECT_THAT(said.err, testing::Not(HasSubstr("gnuplot")));
  EXPECT_THAT(said.err, HasSubstr("figures without results, left out: "));
  EXPECT_THAT(said.err, HasSubstr("away_sensitivity"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "figures/away_sensitivity.gp"));
  EXPECT_EQ(Run({"map", "away.json", "--analyse", "lyapunov"}).exit_code, 1);
}

// What is measured is printed at once; nothing is kept, so nothing can be resumed.
TEST_F(MapCommand, InterruptedInTheMiddle) {
  const pid_t child = Start({"map",
                             "henon",
                             "--threads",
                             "1",
                             "--analyse",
                             "lyapunov,until_failure",
                             "--option",
                             "lyapunov_steps=1000",
                             "--option",
                             "failure_limit=34359738368"});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (Read("stdout.txt").find("lyapunov_1") == std::string::npos &&
         std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_THAT(Read("stdout.txt"), HasSubstr("lyapunov_1"));
  ::kill(child, SIGINT);
  const Said said = Finish(child);
  EXPECT_EQ(said.exit_code, 130);
  EXPECT_EQ(said.err, "interrupted\n");
}

TEST_F(MapCommand, BadArgumentsAreOneLine) {
  EXPECT_THAT(ErrorOf({"map"}, 2), HasSubstr("which map?"));
  EXPECT_THAT(ErrorOf({"map", "logistc"}, 2), HasSubstr("logistic"));
  EXPECT_THAT(ErrorOf({"map", "henon", "--analyse", "lyapunof"}, 2), HasSubstr("lyapunov"));
  EXPECT_THAT(ErrorOf({"map", "henon", "--set", "a=9"}, 2), HasSubstr("out of range"));
  EXPECT_THAT(ErrorOf({"map", "henon", "--set", "q=1"}, 2), HasSubstr("unknown parameter"));
  EXPECT_THAT(ErrorOf({"map", "henon", "--analyse", "portrait"}, 2), HasSubstr("--out"));
  EXPECT_THAT(ErrorOf({"map", "henon", "--sweep", "a=2:1"}, 2), HasSubstr("LOW below HIGH"));
  EXPECT_THAT(ErrorOf({"map", "nothing.json"}, 2), HasSubstr("nothing.json"));
}

}  // namespace
}  // namespace chaosense
