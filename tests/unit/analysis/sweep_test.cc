#include "core/analysis/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/analysis/box_scan.h"
#include "core/analysis/lyapunov.h"
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

// Many values at once or each alone: the same bits, of maps and of flows, whatever the threads.
TEST(Sweep, LanesStepAsSingleOrbitsDo) {
  for (const auto& [name, range] : {std::pair<const char*, SweepRange>{"henon", {"a", 1, 1.4, 70}},
                                    {"roessler", {"c", 4, 6, 5}}}) {
    const MapFamily family = Family(name);
    const auto columns = BifurcationDiagram(family, range, 40, 10, 1, 3, 2);
    ASSERT_EQ(columns.size(), static_cast<size_t>(range.count));
    for (const int64_t i : {int64_t{0}, range.count / 2, range.count - 1}) {
      const auto map = family.Make({{range.parameter, range.At(i)}});
      const int64_t every = map->is_flow() ? std::llround(0.25 / map->time_step()) : 1;
      std::vector<double> state = StartState(*map, 3);
      EXPECT_EQ(columns[static_cast<size_t>(i)], Series(*map, state, 40 * every, 10, 1, every))
          << name << " " << i;
    }
  }
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
  // The logistic map's 0 repels (its derivative there is 4); rounding holds an orbit that hits it.
  const auto logistic = Family("logistic", {{"r", 4.0}}).Make();
  EXPECT_EQ(JudgeOrbit(*logistic, {0.5}).kind, OrbitKind::kCollapsed);
  const auto henon = Family("henon").Make();
  EXPECT_EQ(JudgeOrbit(*henon, {10, 10}).kind, OrbitKind::kEscaped);
}

// In a narrow window (period five here) an orbit wanders as in chaos for long before it settles:
// the mean exponent, transient included, is positive, that of the period is not.
TEST(OrbitKind, AChaoticTransientIntoAStableWindowIsNoCollapse) {
  const auto map = Family("logistic", {{"r", 3.905572}}).Make();
  OrbitOptions options;
  options.transient = 0;
  bool late = false;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    std::vector<double> state = StartState(*map, seed);
    const OrbitVerdict verdict = JudgeOrbit(*map, state, options);
    if (verdict.period == 0) continue;
    EXPECT_EQ(verdict.kind, OrbitKind::kPeriodic);
    EXPECT_LT(verdict.exponent, 0);
    late = late || LargestExponent(*map, state, {0, options.steps}) > options.least_exponent;
  }
  EXPECT_TRUE(late);  // else the test shows nothing
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
