#include "core/analysis/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/analysis/box_scan.h"
#include "tests/unit/analysis/test_maps.h"

namespace chaosense {
namespace {

TEST(Sweep, BifurcationsOfTheLogisticMap) {
  const SweepRange range{"r", 2.8, 4.0, 13};
  const auto columns = BifurcationDiagram(Family("logistic"), range, 5000, 64, 0, 0, 2);
  const auto branches = [&](size_t i) {
    std::set<int64_t> distinct;
    for (const double x : columns[i]) distinct.insert(std::llround(x * 1e6));
    return distinct.size();
  };
  EXPECT_EQ(branches(0), 1U);    // r = 2.8
  EXPECT_EQ(branches(4), 2U);    // 3.2
  EXPECT_EQ(branches(7), 4U);    // 3.5
  EXPECT_GT(branches(11), 50U);  // 3.9
}

TEST(Sweep, ExponentsDoNotDependOnThreads) {
  const SweepRange range{"r", 3.5, 4.0, 40};
  const auto one = ExponentsAlong(Family("logistic"), range, 500, 2000, 0, 1);
  EXPECT_EQ(one, ExponentsAlong(Family("logistic"), range, 500, 2000, 0, 2));
  EXPECT_NEAR(one[0][0], -0.87251, 0.01);
  EXPECT_NEAR(one[39][0], std::log(2.0), 0.05);
}

TEST(Sweep, RangesAreReadAndChecked) {
  const SweepRange range = ParseSweepRange("a=1:1.4:2000", "--sweep");
  EXPECT_EQ(range.parameter, "a");
  EXPECT_EQ(range.count, 2000);
  EXPECT_EQ(range.At(1999), 1.4);
  for (const char* bad : {"a", "a=1", "a=2:1", "a=1:2:1", "a=1:x", "=1:2"}) {
    EXPECT_THROW(ParseSweepRange(bad, "--sweep"), Error) << bad;
  }
  EXPECT_THROW(CheckSweep(Family("logistic"), {"r", 3, 5, 10}), Error);
  EXPECT_THROW(CheckSweep(Family("logistic"), {"q", 3, 4, 10}), Error);
}

TEST(OrbitKind, EachIsTold) {
  const auto kind = [](const char* name, const MapValues& values) {
    const auto map = Family(name, values).Make();
    return JudgeOrbit(*map, map->InitialState());
  };
  EXPECT_EQ(kind("logistic", {{"r", 3.99}}).kind, OrbitKind::kChaotic);
  EXPECT_EQ(kind("logistic", {{"r", 2.5}}).kind, OrbitKind::kFixedPoint);
  EXPECT_EQ(kind("logistic", {{"r", 3.5}}).period, 4);
  EXPECT_EQ(kind("logistic", {{"r", 3.83}}).period, 3);
  EXPECT_EQ(kind("tent", {{"mu", 2.0}}).kind, OrbitKind::kCollapsed);
  const auto henon = Family("henon").Make();
  EXPECT_EQ(JudgeOrbit(*henon, {10, 10}).kind, OrbitKind::kEscaped);
}

TEST(BoxScan, SeveralParametersAreSampledEvenly) {
  BoxOptions options;
  options.points = 64;
  options.starts = 1;
  options.orbit = {200, 300, 16};
  const BoxScan scan = ScanBox(Family("2d_slmm"), options);
  ASSERT_EQ(scan.points.size(), 64U);
  int low = 0;
  for (const BoxPoint& point : scan.points) low += point.values.at("beta") < 1.5 ? 1 : 0;
  EXPECT_NEAR(low, 32, 3);
  EXPECT_GT(scan.DeadShare(), 0.5);  // most of alpha, beta of the box is not chaotic
  options.box = {{"alpha", 0.95, 1.5}};
  EXPECT_THROW(ScanBox(Family("2d_slmm"), options), Error);
}

}  // namespace
}  // namespace chaosense
