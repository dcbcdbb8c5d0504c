#include <gtest/gtest.h>

#include <cmath>

#include "core/analysis/correlation_dimension.h"
#include "tests/unit/analysis/test_maps.h"

namespace chaosense {
namespace {

ScalingFit Dimension(const std::string& name, const MapValues& values, int64_t points) {
  const auto map = Family(name, values).Make();
  std::vector<double> state = map->InitialState();
  return CorrelationDimension(
      MeasureCorrelationSum(Trajectory(*map, state, 100000, points), map->dimension(), 5));
}

// Sprott's list: 1.220 +- 0.036; nonlinearTseries' tests: 1.25 +- 0.02.
TEST(CorrelationDimension, Henon) { EXPECT_NEAR(Dimension("henon", {}, 6000).value, 1.220, 0.036); }

// Grassberger and Procaccia 1983: 0.500 +- 0.005 at the period-doubling limit.
TEST(CorrelationDimension, LogisticAtTheFeigenbaumPoint) {
  EXPECT_NEAR(Dimension("logistic", {{"r", 3.569945671871}}, 6000).value, 0.500, 0.015);
}

TEST(CorrelationDimension, RandomPointsFillTheirSpace) {
  RandomStream random("square");
  std::vector<double> points;
  for (int i = 0; i < 5000; ++i) points.push_back(random.Uniform());
  EXPECT_NEAR(CorrelationDimension(MeasureCorrelationSum(points, 2, 0)).value, 2, 0.08);
  EXPECT_NEAR(CorrelationDimension(MeasureCorrelationSum(points, 1, 0)).value, 1, 0.02);
}

TEST(CorrelationDimension, PeriodicOrbitsHaveNone) {
  EXPECT_EQ(Dimension("logistic", {{"r", 2.5}}, 500).value, 0);
  EXPECT_EQ(Dimension("logistic", {{"r", 3.5}}, 500).value, 0);
}

// K2 of nonlinearTseries' tests: Henon 0.325 (Grassberger and Procaccia 1983: 0.325 +- 0.02).
TEST(CorrelationEntropy, Henon) {
  EXPECT_NEAR(CorrelationEntropy(SeriesOf("henon", {}, 5000), 6, 1, 5).value, 0.325, 0.04);
}

// For the fully developed logistic map every entropy is ln 2.
TEST(CorrelationEntropy, LogisticMap) {
  EXPECT_NEAR(CorrelationEntropy(SeriesOf("logistic", {{"r", 4.0}}, 5000), 5, 1, 5).value,
              std::log(2.0),
              0.06);
}

}  // namespace
}  // namespace chaosense
