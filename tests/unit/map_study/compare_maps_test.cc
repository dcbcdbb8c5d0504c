#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/harness/config_schema.h"
#include "experiments/map_choice_family.h"
#include "experiments/map_study.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// A map that no catalogue has.
const char kNewMap[] = R"JSON({"name": "shaken", "state": ["x"], "parameters": {"a": 3.9},
  "next": {"x": "a*x*(1 - x)"}, "domain": {"x": [0, 1]}, "initial": {"x": 0.3}})JSON";

class CompareMaps : public ::testing::Test {
 protected:
  CompareMaps() : data_("", CHAOSENSE_SOURCE_DIR "/datasets") {
    RegisterBuiltinMaps(maps_);
    RegisterBuiltinCiphers(ciphers_);
    RegisterExperiments(experiments_);
    context_.data = &data_;
    context_.maps = &maps_;
    context_.ciphers = &ciphers_;
    context_.threads = 2;
  }

  std::vector<Cell> Expand(const Json& settings, std::vector<uint64_t> seeds = {0, 1}) {
    experiment_ = experiments_.Create("compare_maps", settings);
    return experiment_->Expand({{"name", "test"}, {"seeds", seeds}}, context_);
  }

  DataFolder data_;
  MapRegistry maps_{"map"};
  CipherRegistry ciphers_{"cipher"};
  ExperimentRegistry experiments_{"experiment"};
  std::unique_ptr<Experiment> experiment_;
  CellContext context_;
};

TEST_F(CompareMaps, OneCellForEachMapAndSeed) {
  const auto cells = Expand({{"maps", {"logistic", "henon"}}, {"yardsticks", {"aes256_ctr"}}});
  ASSERT_EQ(cells.size(), 6u);
  EXPECT_EQ(cells[0].axes.map, "logistic");
  EXPECT_EQ(cells[5].axes.map, "aes256_ctr");
  const auto has = [](const Cell& cell, const char* group) {
    const Json& groups = cell.description.at("groups");
    return std::find(groups.begin(), groups.end(), group) != groups.end();
  };
  // What is costly and of many starts itself is measured with the first seed alone.
  EXPECT_TRUE(has(cells[0], "keys"));
  EXPECT_FALSE(has(cells[1], "keys"));
  EXPECT_TRUE(has(cells[1], "lyapunov"));
  EXPECT_FALSE(has(cells[4], "lyapunov"));
  EXPECT_TRUE(has(cells[4], "until_failure"));
}

TEST_F(CompareMaps, StarIsTheWholeCatalogueAndEachMapStandsOnce) {
  const auto cells = Expand(
      {{"maps", {"*", "logistic"}}, {"yardsticks", Json::array()}, {"measure_once", Json::array()}},
      {0});
  std::set<std::string> labels;
  for (const Cell& cell : cells) EXPECT_TRUE(labels.insert(cell.axes.map).second);
  EXPECT_EQ(labels.size(), maps_.Names().size());
}

TEST_F(CompareMaps, MapWrittenOutIsMeasuredAndItsIdentityIsItsDefinition) {
  const Json settings = {{"maps", {Json::parse(kNewMap), {{"name", "logistic"}, {"r", 3.9}}}},
                         {"yardsticks", Json::array()},
                         {"measure", {"lyapunov"}},
                         {"measure_once", Json::array()},
                         {"draw", Json::array()},
                         {"lyapunov_steps", 100000}};
  const auto cells = Expand(settings, {0});
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[0].axes.map, "shaken");
  EXPECT_EQ(cells[0].description.at("subject").at("definition"), Json::parse(kNewMap));
  // Both are the same map.
  for (const Cell& cell : cells) {
    const CellResult result = experiment_->Run(cell, context_);
    ASSERT_EQ(result.values.at(0).metric, "lyapunov_1");
    EXPECT_NEAR(result.values[0].value, 0.49618, 0.01);
  }
}

// What a table prints as not measured, summary.md explains.
TEST_F(CompareMaps, WhatCouldNotBeMeasuredIsSaid) {
  const Json away = Json::parse(R"JSON({"name": "away", "state": ["x"], "next": {"x": "3*x + 2"},
    "domain": {"x": [0, 1]}, "initial": {"x": 0.5}})JSON");
  Json settings = {{"maps", {"logistic", away}},
                   {"yardsticks", Json::array()},
                   {"measure", {"lyapunov", "cycles"}},
                   {"measure_once", Json::array()},
                   {"draw", Json::array()},
                   {"lyapunov_steps", 2000},
                   {"cycle_starts", 2},
                   {"cycle_limit", 1000},
                   {"double_cycle_limit", 0}};
  std::vector<FinishedCell> finished;
  for (const Cell& cell : Expand(settings, {3}))
    finished.push_back({cell, experiment_->Run(cell, context_)});
  EXPECT_EQ(experiment_->Summary(finished),
            "# Not measured, and why\n\n- away, seed 3: lyapunov: the orbit escapes\n");
  finished.resize(1);
  EXPECT_EQ(experiment_->Summary(finished), "");
  // With nothing measured at all the cell has failed.
  settings["measure"] = {"lyapunov"};
  const Cell cell = Expand(settings, {3}).at(1);
  EXPECT_THROW(experiment_->Run(cell, context_), Error);
}

TEST_F(CompareMaps, SettingsOfOtherGroupsDoNotChangeACell) {
  Json settings = {{"maps", {"logistic"}}, {"measure", {"lyapunov"}}};
  const Json before = Expand(settings)[0].description;
  settings["failure_limit"] = 4096;
  EXPECT_EQ(Expand(settings)[0].description, before);
  settings["lyapunov_steps"] = 4096;
  EXPECT_NE(Expand(settings)[0].description, before);
}

TEST_F(CompareMaps, BadChoicesNameTheirPlace) {
  const auto expand = [&](const Json& maps) { return [=, this] { Expand({{"maps", maps}}); }; };
  EXPECT_THAT(expand(Json::array({"logistc"})),
              ThrowsMessage<Error>(testing::AllOf(HasSubstr("/maps/0"), HasSubstr("logistic"))));
  const auto two = [](const Json& a, const Json& b) { return Json::array({a, b}); };
  const Json out_of_range = {{"name", "logistic"}, {"r", 5}};
  EXPECT_THAT(expand(two("henon", out_of_range)),
              ThrowsMessage<Error>(testing::AllOf(HasSubstr("/maps/1"), HasSubstr("0 to 4"))));
  const Json unknown = {{"name", "logistic"}, {"q", 1}};
  EXPECT_THAT(expand(two("henon", unknown)),
              ThrowsMessage<Error>(HasSubstr("unknown parameter \"q\"")));
  const Json no_file = {{"file", "no_such_map.json"}};
  EXPECT_THAT(expand(two("henon", no_file)),
              ThrowsMessage<Error>(HasSubstr("no_such_map.json: no such file")));
  const Json first = {{"name", "logistic"}, {"label", "a"}};
  const Json second = {{"name", "henon"}, {"label", "a"}};
  EXPECT_THAT(expand(two(first, second)),
              ThrowsMessage<Error>(HasSubstr("two maps are called \"a\"")));
}

// The shipped config and template stay valid.
TEST_F(CompareMaps, ShippedConfigExpands) {
  const Config config =
      LoadExperimentConfig(CHAOSENSE_SOURCE_DIR "/configs/compare_maps.json", {}, experiments_);
  const Json& value = config.value;
  Json own = Json::object();
  for (const auto& [key, rule] : experiments_.Info("compare_maps").parameters.items())
    if (value.contains(key)) own[key] = value[key];
  const auto cells = experiments_.Create("compare_maps", own)->Expand(value, context_);
  EXPECT_GE(cells.size(), 3 * (maps_.Names().size() + 3));
}

}  // namespace
}  // namespace chaosense
