// `chaosense map` as a user runs it.
#include <gmock/gmock.h>

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
