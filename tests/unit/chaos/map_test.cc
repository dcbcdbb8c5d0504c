#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_registry.h"
#include "tests/unit/chaos/lyapunov.h"

namespace chaosense {
namespace {

MapRegistry Builtin() {
  MapRegistry registry("map");
  RegisterBuiltinMaps(registry);
  return registry;
}

std::vector<double> After(const ChaoticMap& map, int steps) {
  std::vector<double> state = map.InitialState();
  for (int i = 0; i < steps; ++i) map.Step(state);
  return state;
}

// Made by an independent program (Python, IEEE doubles, the same order of operations) from the
// default parameters and initial states.
struct Golden {
  const char* name;
  std::vector<double> at_1, at_100, at_1000;
};

TEST(Maps, GoldenTrajectoriesOfAlgebraicMaps) {
  const MapRegistry registry = Builtin();
  const std::vector<Golden> goldens = {
      {"logistic", {0x1.ea4a8c154c986p-1}, {0x1.f58056d5f077bp-1}, {0x1.0c9675a4a8b4bp-3}},
      {"tent", {0x1.99945b6c3760cp-1}, {0x1.954be72ed47f9p-1}, {0x1.e100e58f116dep-2}},
      {"skew_tent", {0x1.b6db6db6db6dcp-1}, {0x1.b53a815ad7192p-2}, {0x1.9c5082cccb8e2p-1}},
      {"cubic", {0x1.bd9018e757929p-1}, {0x1.eee6380721eaap-2}, {0x1.a438c7e73b68bp-2}},
      {"pwlcm", {0x1.0000000000001p-1}, {0x1.35cdc393db2ebp-4}, {0x1.0a3b4b1d4486bp-6}},
      {"henon",
       {0x1.1604189374bc7p+0, 0x1.eb851eb851eb8p-6},
       {0x1.d77f0f5f16e53p-2, 0x1.b45b3cae5dd01p-3},
       {0x1.0d72978ab8d7ep-1, 0x1.3df20b3feb5dfp-3}},
  };
  for (const Golden& golden : goldens) {
    SCOPED_TRACE(golden.name);
    const auto map = registry.Create(golden.name);
    EXPECT_EQ(After(*map, 1), golden.at_1);
    EXPECT_EQ(After(*map, 100), golden.at_100);
    EXPECT_EQ(After(*map, 1000), golden.at_1000);
  }
}

// After 10 steps: orbits computed with 60 digits (mpmath). Rounding has grown to about 2^-52 e^(10
// lambda) by then.
TEST(Maps, TrigonometricMapsFollowTheTrueOrbit) {
  const MapRegistry registry = Builtin();
  const std::vector<std::pair<const char*, std::vector<double>>> truths = {
      {"sine", {0.27075939494372313}},
      {"2d_slmm", {0.49893078020376365, 0.72301801356574782}},
      {"2d_lasm", {0.86920516361430506, 0.91354228016277103}},
      {"2d_lscm", {0.36743310305627006, 0.70476815660378157}}};
  for (const auto& [name, truth] : truths) {
    const std::vector<double> state = After(*registry.Create(name), 10);
    for (size_t i = 0; i < truth.size(); ++i) EXPECT_NEAR(state[i], truth[i], 1e-9) << name;
  }
}

// Our own bits (the functions are ours), which no compiler may change.
TEST(Maps, GoldenTrajectoriesOfTrigonometricMaps) {
  const MapRegistry registry = Builtin();
  EXPECT_EQ(After(*registry.Create("sine"), 1000), std::vector<double>({0x1.a31ac95238bfcp-1}));
  EXPECT_EQ(After(*registry.Create("2d_slmm"), 1000),
            std::vector<double>({0x1.df0a68de7feddp-2, 0x1.cd4cc6619bb36p-1}));
  EXPECT_EQ(After(*registry.Create("2d_lasm"), 1000),
            std::vector<double>({0x1.f62c2366c1e41p-1, 0x1.4a3c9d3ff3637p-2}));
  EXPECT_EQ(After(*registry.Create("2d_lscm"), 1000),
            std::vector<double>({0x1.d54a1a27664dep-1, 0x1.227473a6fa5a5p-2}));
}

// Exact values: Sprott's list (logistic 4, Henon), skew tent and PWLCM by their formulas. The
// others were measured in double precision over 4e6 steps and more.
TEST(Maps, LyapunovExponents) {
  const MapRegistry registry = Builtin();
  struct Case {
    const char* name;
    Json parameters;
    std::vector<double> truth;
    double tolerance;
  };
  const std::vector<Case> cases = {
      {"logistic", {{"r", 4.0}}, {std::log(2.0)}, 0.005},
      {"logistic", {{"r", 3.99}}, {0.63977}, 0.005},
      {"logistic", {{"r", 3.9}}, {0.49618}, 0.005},
      {"logistic", {{"r", 3.5}}, {-0.87251}, 0.001},  // a window: must be negative
      {"tent", {{"mu", 1.9999}}, {std::log(1.9999)}, 1e-9},
      {"skew_tent", {{"p", 0.3}}, {0.6108643021}, 0.005},
      {"sine", {{"mu", 1.0}}, {0.68907}, 0.005},
      {"sine", {{"mu", 0.99}}, {0.59911}, 0.005},
      {"cubic", {{"rho", 2.59}}, {0.64822}, 0.005},
      {"pwlcm", {{"p", 0.3}}, {1.366158848}, 0.005},
      {"henon", Json::object(), {0.41922, -1.62319}, 0.005},
      {"2d_slmm", {{"alpha", 0.95}}, {0.281, 0.160}, 0.01},
      {"2d_slmm", {{"alpha", 1.0}}, {0.461, 0.161}, 0.01},
      {"2d_lasm", {{"mu", 0.8}}, {0.983, 0.837}, 0.01},
      {"2d_lasm", {{"mu", 0.5}}, {0.504, 0.375}, 0.01},
      {"2d_lasm",
       {{"mu", 0.9}},
       {1.063, 0.659},
       0.01},  // by an independent program with derivatives by hand
      {"2d_lscm", {{"theta", 0.9}}, {1.109, 0.902}, 0.01},
      {"2d_lscm", {{"theta", 0.99}}, {1.306, 1.263}, 0.01},
  };
  for (const Case& c : cases) {
    const auto measured = LyapunovExponents(*registry.Create(c.name, c.parameters), 200000);
    for (size_t i = 0; i < c.truth.size(); ++i) {
      EXPECT_NEAR(measured[i], c.truth[i], c.tolerance)
          << c.name << c.parameters.dump() << " exponent " << i;
    }
  }
}

// The exponents sum to the mean logarithm of |det J|, which is b everywhere for the Henon map.
TEST(Maps, HenonExponentsSumToLogB) {
  const auto exponents = LyapunovExponents(*Builtin().Create("henon"), 10000);
  EXPECT_NEAR(exponents[0] + exponents[1], std::log(0.3), 1e-9);
}

// Jacobians by dual numbers against central differences, away from kinks.
TEST(Maps, JacobiansMatchDifferences) {
  const MapRegistry registry = Builtin();
  for (const std::string& name : registry.Names()) {
    SCOPED_TRACE(name);
    const auto map = registry.Create(name);
    const size_t n = map->dimension();
    std::vector<double> state(n);
    for (size_t i = 0; i < n; ++i) state[i] = 0.21 + 0.13 * static_cast<double>(i);
    std::vector<double> stepped = state;
    std::vector<double> jacobian(n * n);
    map->StepWithJacobian(stepped, jacobian);
    std::vector<double> plain = state;
    map->Step(plain);
    EXPECT_EQ(plain, stepped);
    constexpr double kH = 1e-6;
    for (size_t j = 0; j < n; ++j) {
      std::vector<double> up = state;
      std::vector<double> down = state;
      up[j] += kH;
      down[j] -= kH;
      map->Step(up);
      map->Step(down);
      for (size_t i = 0; i < n; ++i) {
        EXPECT_NEAR(jacobian[i * n + j], (up[i] - down[i]) / (2 * kH), 1e-6) << i << "," << j;
      }
    }
  }
}

TEST(Maps, OrbitsStayInTheDomain) {
  const MapRegistry registry = Builtin();
  for (const std::string& name : registry.Names()) {
    const auto map = registry.Create(name);
    std::vector<double> state = map->InitialState();
    for (int step = 0; step < 20000; ++step) {
      map->Step(state);
      for (size_t i = 0; i < state.size(); ++i) {
        ASSERT_GE(state[i], map->info().state[i].low) << name << " step " << step;
        ASSERT_LE(state[i], map->info().state[i].high) << name << " step " << step;
      }
    }
  }
}

// Doubling loses one bit of the state a step (Li, nlin/0405038).
TEST(Maps, TentWithMuTwoCollapsesToZero) {
  EXPECT_EQ(After(*Builtin().Create("tent", {{"mu", 2.0}}), 60), std::vector<double>({0.0}));
}

TEST(Maps, BadParametersAreConfigErrors) {
  const MapRegistry registry = Builtin();
  EXPECT_THAT(
      [&] {
        registry.Create("logistic", {{"r", 5}});
      },
      testing::ThrowsMessage<Error>(
          testing::AllOf(testing::HasSubstr("logistic/r"), testing::HasSubstr("4.0"))));
  EXPECT_THAT([&] { registry.Create("logistc"); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("\"logistic\"")));
  EXPECT_THAT(
      [&] {
        registry.Create("henon", {{"A", 1}});
      },
      testing::ThrowsMessage<Error>(testing::HasSubstr("unknown key")));
}

}  // namespace
}  // namespace chaosense
