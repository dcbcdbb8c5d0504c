#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/analysis/box_scan.h"
#include "core/analysis/equivalent_keys.h"
#include "core/analysis/key_bits.h"
#include "core/chaos/detmath.h"
#include "core/chaos/expression_map.h"
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
  EXPECT_LT(slmm.unrelated, 0.01);
}

// That program found y and 1 - y equivalent for 3168 of 5000 keys, with the C library's sine of the
// rounded product M_PI * y, which is not even about 1/2. Ours is (detmath.h). The same formula,
// keys and criterion with either sine: the library's gives the program's share, ours the scan's.
TEST(EquivalentKeys, ReflectionOfTheSecondVariableDependsOnTheSine) {
  const auto share = [](auto sine) {
    RandomStream random("slmm reflection");
    int met = 0;
    constexpr int kKeys = 5000;
    const auto step = [&](double& x, double& y) {
      x = 0.97 * (sine(y) + 3) * x * (1 - x);
      y = 0.97 * (sine(x) + 3) * y * (1 - y);
    };
    for (int key = 0; key < kKeys; ++key) {
      double x = random.Uniform();
      double y = random.Uniform();
      double other_x = x;
      double other_y = 1 - y;
      for (int i = 0; i < 64 && !(x == other_x && y == other_y); ++i) {
        step(x, y);
        step(other_x, other_y);
      }
      met += x == other_x && y == other_y ? 1 : 0;
    }
    return met / static_cast<double>(kKeys);
  };
  EXPECT_NEAR(share([](double y) { return std::sin(M_PI * y); }), 3168.0 / 5000, 0.03);
  const double ours = share([](double y) { return detmath::SinPi(y); });
  EXPECT_NEAR(Found(Scan("2d_slmm", {{"alpha", 0.97}}), "y -> 1 - y").identical, ours, 0.045);
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

// Not the states are compared but the bytes: |x| is blind to the signs that these maps keep.
TEST(EquivalentKeys, SignsThatTheExtractorDoesNotSee) {
  for (const char* name : {"icmic", "holmes_cubic"}) {
    const EquivalenceScan scan = Scan(name, {}, 100);
    ASSERT_FALSE(scan.found.empty()) << name;
    EXPECT_EQ(scan.found[0].identical, 1) << name << ": " << scan.found[0].change;
    EXPECT_TRUE(scan.Meaningful()) << name;
  }
  EXPECT_GT(Found(Scan("lorenz", {}, 60), "x -> -x, y -> -y").same(), 0.95);
  EXPECT_GT(Found(Scan("chua", {}, 60), "the signs of all variables").same(), 0.95);
}

// A threshold at 0 sees the sign: each bit is the other.
TEST(EquivalentKeys, TheExtractorDecides) {
  EquivalenceOptions options;
  options.keys = 100;
  options.extractor.emplace().kind = ExtractorKind::kThreshold;  // at 0
  const Equivalence icmic = Found(ScanEquivalentKeys(Family("icmic"), options), "x -> -x");
  EXPECT_EQ(icmic.same(), 0) << icmic.change;
  EXPECT_EQ(icmic.mirrored, 1) << icmic.change;
}

// 4 x (1 - x) and two variables that act on nothing.
MapFamily WithPassengers(const std::string& extractor = R"({"kind": "binary_mod"})") {
  Json map = Json::parse(R"JSON({
    "name": "passengers", "state": ["x", "y", "z"],
    "next": {"x": "4*x*(1-x)", "y": "3.9*y*(1-y)", "z": "3.8*z*(1-z)"},
    "domain": {"x": [0, 1], "y": [0, 1], "z": [0, 1]},
    "initial": {"x": 0.3, "y": 0.3, "z": 0.3}})JSON");
  map["extractor"] = Json::parse(extractor);
  return MapFamily(LoadExpressionMap(map, "test"));
}

TEST(EquivalentKeys, AVariableThatActsOnNoByteMayTakeAnyValue) {
  const EquivalenceScan scan = ScanEquivalentKeys(WithPassengers());
  EXPECT_EQ(Found(scan, "y -> any value").identical, 1);
  EXPECT_EQ(Found(scan, "z -> any value").identical, 1);
  EXPECT_EQ(scan.found.size(), 3U);  // x -> 1 - x as well, and nothing else about y and z
  EXPECT_NEAR(scan.lost_bits, 1, 1e-12);
  // Kaplan and Yorke's first variable is the Bernoulli shift's.
  EXPECT_EQ(Found(Scan("kaplan_yorke", {}, 60), "y -> any value").identical, 1);
}

TEST(KeyBits, AVariableThatActsOnNoByteHasNone) {
  KeyBitsOptions options;
  options.keys = 16;
  const KeyBits first = MeasureKeyBits(WithPassengers(), options);
  EXPECT_NEAR(first.resolved(), 53, 2);
  EXPECT_EQ(first.reals[1].bits, 0);
  EXPECT_EQ(first.reals[2].bits, 0);
  const KeyBits two =
      MeasureKeyBits(WithPassengers(R"({"kind": "mantissa", "variables": ["x", "z"]})"), options);
  EXPECT_NEAR(two.resolved(), 106, 4);
  EXPECT_EQ(two.reals[1].bits, 0);
  options.extractor.emplace().kind = ExtractorKind::kThreshold;
  options.extractor->threshold = 0.5;
  EXPECT_NEAR(MeasureKeyBits(WithPassengers(), options).resolved(), 53, 2);
}

// x and 1 - x meet in a twelfth of the keys, those near the ends. After few keys without a relation
// that is not yet unlikely.
TEST(EquivalentKeys, RareOnesAreNotGivenUpEarly) {
  const Json map = Json::parse(R"JSON({
    "name": "symmetric_ends", "state": ["x"],
    "next": {"x": "abs(x - 0.5) > 0.46 ? 4*x*(1-x) : frac(7.3*x)"},
    "domain": {"x": [0, 1]}, "initial": {"x": 0.3}})JSON");
  const MapFamily family(LoadExpressionMap(map, "test"));
  for (uint64_t seed = 0; seed < 8; ++seed) {
    EquivalenceOptions options;
    options.keys = 400;
    options.seed = seed;
    EXPECT_NEAR(Found(ScanEquivalentKeys(family, options), "x -> 1 - x").same(), 0.08, 0.04)
        << seed;
  }
}

// A parameter that is a plain number in a file has no range: it is no part of the key.
TEST(KeyReals, ParametersWithoutARangeAreFixed) {
  const Json map = Json::parse(R"JSON({
    "name": "half_ranged", "state": ["x"],
    "parameters": {"a": {"default": 4, "minimum": 3.6, "maximum": 4}, "b": 1,
                   "c": {"default": 0, "minimum": 0}},
    "next": {"x": "a*x*(b-x) + c"}, "domain": {"x": [0, 1]}, "initial": {"x": 0.3}})JSON");
  const MapFamily family(LoadExpressionMap(map, "test"));
  ASSERT_EQ(family.FreeParameters().size(), 1U);
  EXPECT_EQ(family.FreeParameters()[0].name, "a");
  EXPECT_EQ(KeyRealsOf(family).size(), 2U);
  EXPECT_EQ(family.At({{"b", 0.99}}).values().at("b"), 0.99);  // but it can be set
  BoxOptions box;
  box.points = 5;
  for (const BoxPoint& point : ScanBox(family, box).points)
    EXPECT_EQ(point.values.count("b") + point.values.count("c"), 0U);
}

// Where every orbit escapes there are no keys, and no statement about them.
TEST(EquivalentKeys, NoKeysNoStatement) {
  const Json map = Json::parse(R"JSON({
    "name": "away", "state": ["x"], "next": {"x": "3*x + 2"},
    "domain": {"x": [0, 1]}, "initial": {"x": 0.5}})JSON");
  const MapFamily away(LoadExpressionMap(map, "test"));
  RandomStream random("keys");
  EXPECT_TRUE(BoundedKeys(away, false, 8, 400, random).empty());
  const EquivalenceScan scan = ScanEquivalentKeys(away);
  EXPECT_TRUE(std::isnan(scan.unrelated));
  EXPECT_FALSE(scan.Meaningful());
  EXPECT_TRUE(scan.found.empty());
  EXPECT_FALSE(Scan("logistic", {{"r", 2.8}}, 100).Meaningful());
  EXPECT_TRUE(Scan("logistic", {{"r", 4.0}}, 100).Meaningful());
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
  EXPECT_EQ(bits.total_state(0), 0);
}

// x and 1 - x are one stream: a bit less. The parameter is fixed at 4 here, where every x is
// usable.
TEST(KeyBits, EquivalentKeysCostWhatTheyShare) {
  const MapFamily logistic = Family("logistic", {{"r", 4.0}});
  EXPECT_NEAR(ScanEquivalentKeys(logistic, {}).lost_bits, 1, 1e-12);
  const KeyBits bits = MeasureKeyBits(logistic);
  EXPECT_EQ(bits.usable_state_share, 1);
  EXPECT_EQ(bits.total_state(1), bits.reals[0].bits - 1);
  // Of r in [0, 4] about a tenth is chaotic.
  EXPECT_NEAR(bits.usable_share, 0.1, 0.04);
  EXPECT_NEAR(bits.total(1), bits.resolved() + std::log2(bits.usable_share) - 1, 1e-12);
  EXPECT_EQ(ScanEquivalentKeys(Family("skew_tent", {{"p", 0.3}}), {}).lost_bits, 0);
}

// Most of Chua's and the Henon map's domain escapes: such keys are of no use, and no two of them
// the same key.
TEST(KeyBits, EscapingKeysAreNotEquivalentOnes) {
  const KeyBits henon = MeasureKeyBits(Family("henon"));
  EXPECT_GT(henon.usable_state_share, 0.1);
  EXPECT_LT(henon.usable_state_share, 0.9);
  for (const RealBits& real : henon.reals) EXPECT_GE(real.bits, 48) << real.real.name;
  KeyBitsOptions options;
  options.keys = 8;
  options.tries = 100;
  options.orbit = {2000, 4000};
  options.orbit.bounded = 50000;  // the outer spiral grows by a fifth in a unit of time
  const KeyBits chua = MeasureKeyBits(Family("chua"), options);
  EXPECT_LT(chua.usable_state_share, 0.7);
  EXPECT_GT(chua.usable_state_share, 0.1);
  for (const RealBits& real : chua.reals) EXPECT_GE(real.bits, 40) << real.real.name;
}

// The gingerbreadman map has islands in which a change grows too slowly to show.
TEST(KeyBits, KeysInIslandsDoNotCount) {
  KeyBitsOptions options;
  options.keys = 16;
  const KeyBits bits = MeasureKeyBits(Family("gingerbreadman"), options);
  EXPECT_LT(bits.usable_state_share, 0.95);
  for (const RealBits& real : bits.reals) EXPECT_GE(real.bits, 44) << real.real.name;
}

}  // namespace
}  // namespace chaosense
