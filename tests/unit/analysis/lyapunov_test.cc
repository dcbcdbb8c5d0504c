#include "core/analysis/lyapunov.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/analysis/kaplan_yorke.h"
#include "tests/unit/analysis/test_maps.h"

namespace chaosense {
namespace {

LyapunovSpectrum Spectrum(const std::string& name, const MapValues& values, int64_t steps) {
  const auto map = Family(name, values).Make();
  return MeasureLyapunov(*map, map->InitialState(), {1000, steps, map->time_step()});
}

// Every map says which exponents are known of it, from where and how well.
TEST(Lyapunov, KnownExponentsOfTheCatalogue) {
  int checked = 0;
  for (const std::string& name : Maps().Names()) {
    const MapInfo info = Maps().Create(name)->info();
    for (const KnownExponents& known : info.exponents) {
      const auto map = Family(name, known.parameters).Make();
      const std::vector<double> start = known.initial.empty() ? map->InitialState() : known.initial;
      // Orbits that never mix (islands, windows) and short flows need no more.
      const LyapunovSpectrum measured =
          MeasureLyapunov(*map, start, {2000, 100000, map->time_step()});
      for (size_t i = 0; i < known.values.size(); ++i) {
        EXPECT_NEAR(measured.exponents[i], known.values[i], known.tolerance)
            << name << " exponent " << i << ", " << known.source;
      }
      ++checked;
    }
  }
  RecordProperty("checked", checked);
}

// Exact values, and those of Sprott's list "Common chaotic systems" (logistic, Henon).
TEST(Lyapunov, ExactAndListedValues) {
  EXPECT_NEAR(Spectrum("logistic", {{"r", 4.0}}, 400000).exponents[0], std::log(2.0), 0.003);
  EXPECT_NEAR(Spectrum("logistic", {{"r", 3.5}}, 10000).exponents[0], -0.87251, 0.0005);
  EXPECT_NEAR(Spectrum("tent", {{"mu", 1.9999}}, 10000).exponents[0], std::log(1.9999), 1e-12);
  EXPECT_NEAR(Spectrum("skew_tent", {{"p", 0.3}}, 400000).exponents[0], 0.6108643021, 0.004);
  EXPECT_NEAR(Spectrum("pwlcm", {{"p", 0.3}}, 400000).exponents[0], 1.366158848, 0.004);
  const LyapunovSpectrum henon = Spectrum("henon", {}, 400000);
  EXPECT_NEAR(henon.exponents[0], 0.41922, 0.002);
  EXPECT_NEAR(henon.exponents[1], -1.62319, 0.002);
  EXPECT_NEAR(KaplanYorkeDimension(henon.exponents), 1.25827, 0.002);
}

// Henon's determinant is -b everywhere: the sum is ln 0.3, whatever the orbit.
TEST(Lyapunov, ExponentsSumToTheLogarithmOfTheDeterminant) {
  const LyapunovSpectrum henon = Spectrum("henon", {}, 20000);
  EXPECT_NEAR(henon.exponents[0] + henon.exponents[1], std::log(0.3), 1e-9);
  for (const std::string& name : Maps().Names()) {
    const auto map = Maps().Create(name);
    const LyapunovSpectrum s =
        MeasureLyapunov(*map, map->InitialState(), {200, 2000, map->time_step()});
    if (s.escaped || !std::isfinite(s.mean_log_det)) continue;
    double sum = 0;
    for (const double exponent : s.exponents) sum += exponent;
    EXPECT_NEAR(sum, s.mean_log_det, 1e-6 * (1 + std::fabs(s.mean_log_det))) << name;
  }
}

TEST(Lyapunov, StandardErrorCoversTheTruth) {
  const LyapunovSpectrum s = Spectrum("logistic", {{"r", 4.0}}, 200000);
  EXPECT_LT(std::fabs(s.exponents[0] - std::log(2.0)), 5 * s.errors[0]);
  EXPECT_LT(s.errors[0], 0.005);
}

TEST(Lyapunov, LargestExponentAgreesWithTheSpectrum) {
  const auto map = Family("2d_slmm").Make();
  std::vector<double> state = map->InitialState();
  const double largest = LargestExponent(*map, state, {1000, 100000});
  EXPECT_NEAR(largest, Spectrum("2d_slmm", {}, 100000).exponents[0], 0.005);
}

TEST(Lyapunov, EscapingOrbitIsNotANumber) {
  const auto henon = Family("henon").Make();
  std::vector<double> far = {10, 10};
  EXPECT_TRUE(MeasureLyapunov(*henon, far, {100, 1000}).escaped);
  EXPECT_TRUE(std::isnan(LargestExponent(*henon, far, {100, 1000})));
}

TEST(KaplanYorke, ByItsDefinition) {
  EXPECT_NEAR(KaplanYorkeDimension({0.9056, 0, -14.5723}), 2.06215, 1e-5);  // Lorenz, Sprott's list
  EXPECT_EQ(KaplanYorkeDimension({-0.5}), 0);
  EXPECT_EQ(KaplanYorkeDimension({0.3, 0.2}), 2);
  EXPECT_EQ(KaplanYorkeDimension({0, -1}), 1);
}

}  // namespace
}  // namespace chaosense
