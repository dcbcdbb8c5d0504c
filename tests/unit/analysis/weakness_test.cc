// The scan is told no place to look at; each known weakness must be among what it finds.
#include "core/analysis/weakness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/analysis/test_maps.h"

namespace chaosense {
namespace {

WeaknessOptions Quick() {
  WeaknessOptions options;
  options.box.points = 401;
  options.box.starts = 2;
  options.cycle_starts = 60;
  options.double_cycle_limit = 0;
  options.keys.keys = 100;
  options.key_bits.keys = 16;
  return options;
}

std::vector<Weakness> Of(const WeaknessReport& report, WeaknessKind kind) {
  std::vector<Weakness> found;
  for (const Weakness& one : report.found) {
    if (one.kind == kind) found.push_back(one);
  }
  return found;
}

// 2D-LASM is advertised for mu in (0, 1]; from 0.94 to 0.995 every one of 50 seeds of an
// independent program was periodic, and mu = 1 quasi-periodic.
TEST(Weakness, DeadZoneOfLasm) {
  const WeaknessReport report = FindWeaknesses(Family("2d_lasm"), Quick());
  bool found = false;
  for (const DeadZone& zone : report.box.Zones())
    found = found || (zone.low <= 0.9425 && zone.low >= 0.92 && zone.high == 1);
  EXPECT_TRUE(found);
  EXPECT_FALSE(Of(report, WeaknessKind::kDeadZone).empty());
}

TEST(Weakness, CollapseOfTheTentMap) {
  const WeaknessReport report = FindWeaknesses(Family("tent"), Quick());
  const auto collapses = Of(report, WeaknessKind::kCollapse);
  ASSERT_FALSE(collapses.empty());
  EXPECT_EQ(collapses.back().where, "mu = 2");
}

TEST(Weakness, SinglePrecisionCyclesAndReflectionOfTheLogisticMap) {
  const WeaknessReport report = FindWeaknesses(Family("logistic", {{"r", 4.0}}), Quick());
  const auto cycles = Of(report, WeaknessKind::kShortCycle);
  const auto in_single = std::find_if(
      cycles.begin(), cycles.end(), [](const Weakness& one) { return one.where == "float32"; });
  ASSERT_NE(in_single, cycles.end());
  EXPECT_EQ(in_single->share, 1);
  EXPECT_THAT(in_single->what, testing::HasSubstr("4344"));
  const auto keys = Of(report, WeaknessKind::kEquivalentKeys);
  ASSERT_FALSE(keys.empty());
  EXPECT_EQ(keys[0].where, "x -> 1 - x");
  EXPECT_EQ(keys[0].share, 1);
  const auto bytes = Of(report, WeaknessKind::kBiasedBytes);
  const auto sixteen = std::find_if(bytes.begin(), bytes.end(), [](const Weakness& one) {
    return one.where == "floor(|x| 10^16) mod 256";
  });
  EXPECT_NE(sixteen, bytes.end());
}

}  // namespace
}  // namespace chaosense
