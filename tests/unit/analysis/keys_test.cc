#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/equivalent_keys.h"
#include "core/analysis/key_bits.h"
#include "tests/unit/analysis/test_maps.h"

namespace chaosense {
namespace {

Equivalence Found(const EquivalenceScan& scan, const std::string& change) {
  for (const Equivalence& one : scan.found) {
    if (one.change == change) return one;
  }
  return {"not found: " + change, 0, 0, 0, 0};
}

EquivalenceScan Scan(const std::string& name, const MapValues& values, int keys = 1000) {
  EquivalenceOptions options;
  options.keys = keys;
  options.pairs = false;
  return ScanEquivalentKeys(Family(name, values), options);
}

// Shares of an independent program over 5000 and 10000 keys; 1000 keys here, three deviations.
TEST(EquivalentKeys, ReflectionOfTheLogisticMap) {
  const Equivalence at_4 = Found(Scan("logistic", {{"r", 4.0}}), "x -> 1 - x");
  EXPECT_EQ(at_4.identical, 1) << at_4.change;
  // (r x)(1 - x) rounds differently for x and 1 - x.
  const Equivalence at_399 = Found(Scan("logistic", {{"r", 3.99}}), "x -> 1 - x");
  EXPECT_NEAR(at_399.identical, 0.7015, 0.045) << at_399.change;
}

TEST(EquivalentKeys, ReflectionOfOtherMaps) {
  EXPECT_EQ(Found(Scan("pwlcm", {{"p", 0.3}}), "x -> 1 - x").identical, 1);
  const EquivalenceScan slmm = Scan("2d_slmm", {{"alpha", 0.97}});
  EXPECT_NEAR(Found(slmm, "x -> 1 - x").identical, 3615.0 / 5000, 0.045);
  // With our sin(pi y), exactly even about 1/2, y comes back as often as x; with libm's sin the
  // share was 3168 of 5000.
  EXPECT_NEAR(Found(slmm, "y -> 1 - y").identical, 3615.0 / 5000, 0.045);
  EXPECT_LT(slmm.unrelated, 0.01);
}

TEST(EquivalentKeys, SkewTentHasNone) {
  const EquivalenceScan scan = Scan("skew_tent", {{"p", 0.3}}, 200);
  EXPECT_TRUE(scan.found.empty());
  EXPECT_GT(scan.changes, 3);
}

// A stable map leads unrelated keys together, which is said.
TEST(EquivalentKeys, UnrelatedKeysMeetOnAStableOrbit) {
  EXPECT_GT(Scan("logistic", {{"r", 2.8}}, 100).unrelated, 0.5);
}

TEST(EquivalentKeys, ThreadsDoNotChangeAnything) {
  EquivalenceOptions options;
  options.keys = 40;
  const EquivalenceScan one = ScanEquivalentKeys(Family("2d_lasm"), options);
  options.threads = 2;
  const EquivalenceScan two = ScanEquivalentKeys(Family("2d_lasm"), options);
  ASSERT_EQ(one.found.size(), two.found.size());
  for (size_t i = 0; i < one.found.size(); ++i) {
    EXPECT_EQ(one.found[i].change, two.found[i].change);
    EXPECT_EQ(one.found[i].identical, two.found[i].identical);
  }
}

// A double over (0, 1) holds 52 to 54 bits, whatever a paper claims; r in [0, 4] near 4 as many.
TEST(KeyBits, DoublesHoldAbout53) {
  const KeyBits bits = MeasureKeyBits(Family("logistic", {{"r", 3.99}}));
  ASSERT_EQ(bits.reals.size(), 2U);
  for (const RealBits& real : bits.reals) {
    EXPECT_GE(real.bits, 50) << real.real.name;
    EXPECT_LE(real.bits, 55) << real.real.name;
  }
}

// On a stable orbit no bit of x matters.
TEST(KeyBits, StableOrbitForgetsItsStart) {
  const KeyBits bits = MeasureKeyBits(Family("logistic", {{"r", 2.5}}));
  EXPECT_EQ(bits.reals[0].bits, 0);
}

}  // namespace
}  // namespace chaosense
