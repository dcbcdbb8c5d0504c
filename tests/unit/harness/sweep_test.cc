#include "core/harness/sweep.h"

#include <gmock/gmock.h>

#include "core/harness/config_schema.h"
#include "core/harness/plan.h"
#include "tests/unit/harness/fake_experiment.h"
#include "tests/unit/harness/temporary_folder.h"

namespace chaosense {
namespace {

using ::testing::ElementsAre;

class Sweeping : public ::testing::Test {
 protected:
  Sweeping() { RegisterFakes(&control_, registries_); }

  Config ConfigOf(const std::string& text, const std::vector<std::string>& sweeps = {}) {
    return LoadExperimentConfig(folder_.Write("a.json", text), {}, registries_.experiments, sweeps);
  }
  // "b=1, a=2" of each point, in order.
  std::vector<std::string> PointsOf(const std::string& text,
                                    const std::vector<std::string>& sweeps = {}) {
    std::vector<std::string> names;
    for (const SweepPoint& point : ExpandConfig(ConfigOf(text, sweeps), registries_.experiments))
      names.push_back(point.Name());
    return names;
  }
  Plan PlanOf(const std::string& text, const std::vector<std::string>& sweeps = {}) {
    return MakePlan(ConfigOf(text, sweeps), registries_, CellContext());
  }
  std::vector<std::string> NamesOf(const std::string& text) {
    std::vector<std::string> names;
    for (const Cell& cell : PlanOf(text).cells) names.push_back(cell.Name());
    return names;
  }
  std::string ErrorOf(const std::string& text, const std::vector<std::string>& sweeps = {}) {
    return folder_.ErrorOf([&] { PlanOf(text, sweeps); });
  }

  TemporaryFolder folder_;
  FakeControl control_;
  Registries registries_;
};

TEST_F(Sweeping, WithoutASweepThereIsOnePoint) {
  EXPECT_THAT(PointsOf(R"({"experiment":"fake"})"), ElementsAre(""));
}

TEST_F(Sweeping, AxesCombine) {
  EXPECT_THAT(
      PointsOf(
          R"({"experiment":"fake","sweep":{"axes":{"factor":[1,2],"numbers":[[1],[2,3],[4]]}}})"),
      ElementsAre("factor=1, numbers=[1]",
                  "factor=1, numbers=[2,3]",
                  "factor=1, numbers=[4]",
                  "factor=2, numbers=[1]",
                  "factor=2, numbers=[2,3]",
                  "factor=2, numbers=[4]"));
}

TEST_F(Sweeping, TheValuesReachTheExperiment) {
  EXPECT_THAT(
      NamesOf(R"({"experiment":"fake","sweep":{"axes":{"factor":[1,2],"numbers":[[1],[2,3]]},
                          "exclude":[{"factor":2,"numbers":[1]}]}})"),
      ElementsAre("a/1/seed:0/factor:1/numbers:[1]",
                  "a/2/seed:0/factor:1/numbers:[2,3]",
                  "a/3/seed:0/factor:1/numbers:[2,3]",
                  "a/2/seed:0/factor:2/numbers:[2,3]",
                  "a/3/seed:0/factor:2/numbers:[2,3]"));
}

TEST_F(Sweeping, ZippedAxesVaryTogether) {
  EXPECT_THAT(PointsOf(R"({"experiment":"fake","sweep":{
                "axes":{"factor":[1,2],"images":[["x"],["y"]],"numbers":[[1],[2]]},
                "zip":[["factor","numbers"]]}})"),
              ElementsAre("factor=1, images=[\"x\"], numbers=[1]",
                          "factor=1, images=[\"y\"], numbers=[1]",
                          "factor=2, images=[\"x\"], numbers=[2]",
                          "factor=2, images=[\"y\"], numbers=[2]"));
}

TEST_F(Sweeping, ExcludeTakesPartialMatches) {
  EXPECT_THAT(
      PointsOf(R"({"experiment":"fake","sweep":{
                "axes":{"factor":[1,2,3],"numbers":[[1],[2]]},
                "exclude":[{"factor":2},{"factor":3,"numbers":[2]}]}})"),
      ElementsAre("factor=1, numbers=[1]", "factor=1, numbers=[2]", "factor=3, numbers=[1]"));
}

TEST_F(Sweeping, SeedsAreANumberOrAList) {
  const auto seeds = [&](const std::string& sweep) {
    std::vector<uint64_t> found;
    const Plan plan =
        PlanOf(R"({"experiment":"fake","numbers":[1],"seeds":[9],"sweep":{)" + sweep + "}}");
    for (const Cell& cell : plan.cells) found.push_back(cell.axes.seed);
    return found;
  };
  EXPECT_THAT(seeds(""), ElementsAre(9U));
  EXPECT_THAT(seeds(R"("seeds":3)"), ElementsAre(0U, 1U, 2U));
  EXPECT_THAT(seeds(R"("seeds":[5,1])"), ElementsAre(5U, 1U));
}

TEST_F(Sweeping, TheCommandLineAddsAxes) {
  EXPECT_THAT(PointsOf(R"({"experiment":"fake","sweep":{"axes":{"factor":[7]}}})",
                       {"factor=1,-2.5", "numbers=[1,2],[3]", "description=word,\"1,2\""}),
              ElementsAre("description=word, factor=1, numbers=[1,2]",
                          "description=word, factor=1, numbers=[3]",
                          "description=word, factor=-2.5, numbers=[1,2]",
                          "description=word, factor=-2.5, numbers=[3]",
                          "description=1,2, factor=1, numbers=[1,2]",
                          "description=1,2, factor=1, numbers=[3]",
                          "description=1,2, factor=-2.5, numbers=[1,2]",
                          "description=1,2, factor=-2.5, numbers=[3]"));
  EXPECT_EQ(
      ErrorOf(R"({"experiment":"fake"})", {"factor"}),
      "--sweep factor: expected KEY=VALUE,VALUE,..., for instance --sweep rates=[0.25],[0.1]");
}

TEST_F(Sweeping, ParametersOfEntriesAreSweptByName) {
  const Plan plan = PlanOf(
      R"({"experiment":"fake","numbers":[1],"methods":["pca",{"name":"gauss","label":"g"}],
          "sweep":{"axes":{"methods.pca.rate":[0.5,0.25],"methods.g.rate":[0.1]}}})");
  EXPECT_EQ(plan.cells.size(), 2U);
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","methods":["pca"],
                        "sweep":{"axes":{"methods.pca.rate":[0.5,7]}}})"),
            "a.json: /methods/0/rate: 7 is out of range, expected at most 1 (at the sweep point "
            "methods.pca.rate=7)");
}

// A setting that changes nothing for some cells does not compute them again, but each point shows
// them.
TEST_F(Sweeping, CellsOfEqualDescriptionAreOne) {
  const Plan plan =
      PlanOf(R"({"experiment":"fake","numbers":[1,2],"sweep":{"axes":{"images":[["x"],["y"]]}}})");
  ASSERT_EQ(plan.cells.size(), 4U);
  EXPECT_EQ(plan.cells[0].id, plan.cells[2].id);
  EXPECT_NE(plan.cells[0].id, plan.cells[1].id);
  EXPECT_NE(plan.cells[0].axes.sweep, plan.cells[2].axes.sweep);
  // And the id is that of a run without the sweep: what was computed stays.
  EXPECT_EQ(PlanOf(R"({"experiment":"fake","numbers":[1]})").cells[0].id, plan.cells[0].id);
}

TEST_F(Sweeping, EveryPointIsCheckedBeforeAnythingRuns) {
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","sweep":{"axes":{"factor":[1,500]}}})"),
            "a.json: /factor: 500 is out of range, expected at most 100 (at the sweep point "
            "factor=500)");
  // What only Expand can know.
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","sweep":{"axes":{"factor":[1,13]}}})"),
            "a.json: /factor: 13 brings bad luck (at the sweep point factor=13)");
  EXPECT_THAT(
      ErrorOf(R"({"experiment":"fake","sweep":{"axes":{"facter":[1]}}})"),
      ::testing::HasSubstr("a.json: /sweep/axes/facter: unknown key \"facter\"; did you mean "
                           "\"factor\"?"));
  EXPECT_TRUE(control_.ran.empty());
}

TEST_F(Sweeping, MistakesInTheSweepAreNamed) {
  const auto error = [&](const std::string& sweep) {
    return ErrorOf(R"({"experiment":"fake","sweep":)" + sweep + "}");
  };
  EXPECT_EQ(error(R"({"axes":{"factor":[]}})"),
            "a.json: /sweep/axes/factor: has 0 entries, expected at least 1");
  EXPECT_EQ(error(R"({"axes":{"factor":[1,1]}})"),
            "a.json: /sweep/axes/factor: the value 1 is there twice");
  EXPECT_EQ(error(R"({"axes":{"factor":[1],"numbers":[[1],[2]]},"zip":[["factor","numbers"]]})"),
            "a.json: /sweep/zip/0: factor has 1 values and numbers has 2; expected equally many");
  EXPECT_EQ(error(R"({"axes":{"factor":[1]},"zip":[["factor","number"]]})"),
            "a.json: /sweep/zip/0: \"number\" is no axis of the sweep; axes: factor");
  EXPECT_EQ(error(R"({"axes":{"factor":[1,2]},"exclude":[{"factor":3}]})"),
            "a.json: /sweep/exclude/0: 3 is no value of factor; its values: 1, 2");
  EXPECT_EQ(error(R"({"axes":{"factor":[1]},"exclude":[{"factor":1}]})"),
            "a.json: /sweep/exclude: excludes every point of the sweep");
}

TEST_F(Sweeping, PartsInheritAndSweepByThemselves) {
  EXPECT_THAT(NamesOf(R"({"factor":2,"seeds":[4],"tables":[],"parts":[
                {"experiment":"fake","numbers":[1]},
                {"experiment":"fake","name":"b","numbers":[2],"sweep":{"axes":{"factor":[3,4]}}}]})"),
              ElementsAre("a/1/seed:4", "b/2/seed:4/factor:3", "b/2/seed:4/factor:4"));
  // A sweep of the whole goes around the parts.
  EXPECT_THAT(NamesOf(R"({"sweep":{"axes":{"factor":[1,2]}},"parts":[
                {"experiment":"fake","numbers":[1]},{"experiment":"fake","numbers":[2]}]})"),
              ElementsAre("a/1/seed:0/factor:1",
                          "a/2/seed:0/factor:1",
                          "a/1/seed:0/factor:2",
                          "a/2/seed:0/factor:2"));
}

// Nothing downstream could tell their results apart.
TEST_F(Sweeping, PartsWithTheSameAxesAreRefused) {
  EXPECT_EQ(ErrorOf(R"({"numbers":[1,2],"parts":[
                {"experiment":"fake","name":"b"},
                {"experiment":"fake","numbers":[2,3]},
                {"experiment":"fake","numbers":[3],"factor":2}]})"),
            "a.json: /parts/1 and /parts/2 give cells with the same axes (a/3/seed:0) that are not "
            "the same; sweep the setting that differs, or give one of the entries another label");
  // The same cell in two parts, and cells that a sweep tells apart.
  EXPECT_THAT(NamesOf(R"({"parts":[
                {"experiment":"fake","numbers":[1,2]},
                {"experiment":"fake","numbers":[2,3]},
                {"experiment":"fake","numbers":[3],"sweep":{"axes":{"factor":[2]}}}]})"),
              ElementsAre("a/1/seed:0", "a/2/seed:0", "a/3/seed:0", "a/3/seed:0/factor:2"));
}

TEST_F(Sweeping, WhatIsSweptTwiceIsRefused) {
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake"})", {"factor=1,2", "factor=3"}),
            "--sweep factor=3: another --sweep has factor too; give all values in one: "
            "factor=V1,V2");
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","sweep":{"axes":{"seeds":[[0],[1]]},"seeds":5}})"),
            "a.json: /sweep/seeds: /sweep/axes/seeds gives the seeds too; keep one of them");
  EXPECT_EQ(ErrorOf(R"({"sweep":{"axes":{"factor":[1,2]}},"parts":[
                {"experiment":"fake","sweep":{"axes":{"factor":[3]}}}]})"),
            "a.json: /parts/0: /sweep/axes/factor: the sweep around the parts has this key too; "
            "keep one of them");
  // The command line replaces what the config says.
  EXPECT_THAT(PointsOf(R"({"experiment":"fake","sweep":{"seeds":5}})", {"seeds=[3],[4]"}),
              ElementsAre("seeds=[3]", "seeds=[4]"));
}

TEST_F(Sweeping, PartsAreCheckedAsConfigs) {
  EXPECT_EQ(ErrorOf(R"({"rats":[1],"parts":[{"experiment":"fake"}]})"),
            "a.json: /rats: unknown key; did you mean \"rates\"?");
  EXPECT_EQ(ErrorOf(R"({"parts":[{"experiment":"fake"},{"experiment":"fake","factr":1}]})"),
            "a.json: /parts/1: /factr: unknown key; did you mean \"factor\"?");
  EXPECT_EQ(ErrorOf(R"({"parts":[{"experiment":"fake","tables":[]}]})"),
            "a.json: /parts/0/tables: belongs to the whole config, not to a part of it");
  EXPECT_THAT(ErrorOf(R"({"parts":[{"name":"x"}]})"),
              ::testing::HasSubstr("missing key \"experiment\""));
  EXPECT_EQ(ErrorOf(R"({"experiment":"fake","parts":[{"experiment":"fake"}]})"),
            "a.json: /experiment: a config with \"parts\" names its experiments in them");
}

}  // namespace
}  // namespace chaosense
