// Every registered map: orbits, domains, Jacobians, Lyapunov exponents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_registry.h"
#include "tests/unit/chaos/lyapunov.h"
#include "tests/unit/chaos/map_goldens.h"

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

TEST(Maps, EveryMapHasAGoldenTrajectory) {
  std::vector<std::string> names;
  for (const MapGolden& golden : MapGoldens()) names.push_back(golden.name);
  EXPECT_THAT(names, testing::UnorderedElementsAreArray(Builtin().Names()));
  EXPECT_GE(names.size(), 40U);
}

// An independent program's orbit, where libm's sines have not yet had time to grow apart from ours.
TEST(Maps, FirstStepsAreThoseOfAnIndependentProgram) {
  const MapRegistry registry = Builtin();
  for (const MapGolden& golden : MapGoldens()) {
    const std::vector<double> state = After(*registry.Create(golden.name), 3);
    ASSERT_EQ(state.size(), golden.at_3.size()) << golden.name;
    for (size_t i = 0; i < state.size(); ++i) {
      EXPECT_NEAR(state[i], golden.at_3[i], 1e-7 * std::max(1.0, std::fabs(golden.at_3[i])))
          << golden.name;
    }
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

// Bits that no compiler may change; those of algebraic maps by the independent program too.
TEST(Maps, GoldenTrajectories) {
  const MapRegistry registry = Builtin();
  for (const MapGolden& golden : MapGoldens()) {
    EXPECT_EQ(After(*registry.Create(golden.name), 1000), golden.at_1000) << golden.name;
  }
}

// The values and their sources are in the maps' descriptions.
TEST(Maps, LyapunovExponentsAreTheKnownOnes) {
  const MapRegistry registry = Builtin();
  int checked = 0;
#define CHAOSENSE_CHECK_EXPONENTS(Name)                                                          \
  for (const KnownExponents& known : Name##Map().info.exponents) {                               \
    const std::string name = Name##Map().info.name;                                              \
    const auto map = registry.Create(name, Json(known.parameters));                              \
    const auto measured = LyapunovExponents(*map, 200000, known.initial);                        \
    for (size_t i = 0; i < known.values.size(); ++i) {                                           \
      EXPECT_NEAR(measured[i], known.values[i], known.tolerance)                                 \
          << name << Json(known.parameters).dump() << " exponent " << i << ", " << known.source; \
    }                                                                                            \
    ++checked;                                                                                   \
  }
  CHAOSENSE_BUILTIN_MAPS(CHAOSENSE_CHECK_EXPONENTS)
#undef CHAOSENSE_CHECK_EXPONENTS
  EXPECT_GE(checked, 60);
}

// The exponents sum to the mean divergence, which these flows have everywhere the same.
TEST(Maps, ExponentsOfFlowsSumToTheDivergence) {
  const MapRegistry registry = Builtin();
  const std::vector<std::pair<const char*, double>> divergences = {
      {"lorenz", -(10 + 1 + 8.0 / 3)}, {"chen", -(35 + 3 - 28.0)}, {"halvorsen", -3 * 1.27}};
  for (const auto& [name, divergence] : divergences) {
    const auto exponents = LyapunovExponents(*registry.Create(name), 20000);
    EXPECT_NEAR(exponents[0] + exponents[1] + exponents[2], divergence, 0.002) << name;
  }
}

// ... and of the Henon map to the logarithm of |det J| = b.
TEST(Maps, HenonExponentsSumToLogB) {
  const auto exponents = LyapunovExponents(*Builtin().Create("henon"), 10000);
  EXPECT_NEAR(exponents[0] + exponents[1], std::log(0.3), 1e-9);
}

// Jacobians by dual numbers against central differences, at points of the orbit. A difference
// across a jump (mod 1) or a kink is recognised by a step twice as long and left out.
TEST(Maps, JacobiansMatchDifferences) {
  const MapRegistry registry = Builtin();
  for (const std::string& name : registry.Names()) {
    const auto map = registry.Create(name);
    const size_t n = map->dimension();
    std::vector<double> state = After(*map, 20);
    int compared = 0;
    for (int point = 0; point < 10; ++point) {
      std::vector<double> stepped = state;
      std::vector<double> jacobian(n * n);
      map->StepWithJacobian(stepped, jacobian);
      std::vector<double> plain = state;
      map->Step(plain);
      ASSERT_EQ(plain, stepped) << name;
      const auto difference = [&](size_t i, size_t j, double h) {
        std::vector<double> up = state;
        std::vector<double> down = state;
        up[j] += h;
        down[j] -= h;
        const double width = up[j] - down[j];
        map->Step(up);
        map->Step(down);
        return (up[i] - down[i]) / width;
      };
      for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j) {
          const double h = 1e-6;
          const double once = difference(i, j, h);
          const double twice = difference(i, j, 2 * h);
          const double tolerance = 1e-4 * (1 + std::fabs(once));
          if (std::fabs(once - twice) > tolerance / 10) continue;
          EXPECT_NEAR(jacobian[i * n + j], once, tolerance) << name << " " << i << "," << j;
          ++compared;
        }
      }
      state = stepped;
    }
    EXPECT_GE(compared, static_cast<int>(3 * n * n)) << name;
  }
}

TEST(Maps, OrbitsFromTheInitialStateStayInTheDomain) {
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

// Where no note restricts the domain, at any parameters and from anywhere in it (an ulp of rounding
// allowed).
TEST(Maps, DomainsWithoutANoteHoldEverywhere) {
  const MapRegistry registry = Builtin();
  for (const std::string& name : registry.Names()) {
    const MapInfo info = registry.Create(name)->info();
    if (!info.domain_note.empty()) continue;
    RandomStream random("domain " + name);
    for (int trial = 0; trial < 50; ++trial) {
      Json parameters = Json::object();
      for (const MapParameter& p : info.parameters) {
        parameters[p.name] = p.minimum + (p.maximum - p.minimum) * random.Uniform();
      }
      std::vector<double> state;
      for (const MapVariable& v : info.state) {
        state.push_back(v.low + (v.high - v.low) * random.Uniform());
      }
      const auto map = registry.Create(name, parameters);
      for (int step = 0; step < 200; ++step) {
        map->Step(state);
        for (size_t i = 0; i < state.size(); ++i) {
          ASSERT_GE(state[i], info.state[i].low - 1e-15) << name << parameters.dump();
          ASSERT_LE(state[i], info.state[i].high + 1e-15) << name << parameters.dump();
        }
      }
    }
  }
}

TEST(Maps, FlowsSayTheirStep) {
  const MapRegistry registry = Builtin();
  const auto lorenz = registry.Create("lorenz", {{"h", 0.002}});
  EXPECT_TRUE(lorenz->is_flow());
  EXPECT_EQ(lorenz->time_step(), 0.002);
  EXPECT_FALSE(registry.Create("logistic")->is_flow());
  EXPECT_EQ(registry.Create("logistic")->time_step(), 1);
}

// The method is of fourth order: half the step, a sixteenth of the error.
TEST(Maps, FlowsConvergeWithTheFourthPowerOfTheStep) {
  const MapRegistry registry = Builtin();
  const auto at = [&](double h, int steps) {
    return After(*registry.Create("lorenz", {{"h", h}}), steps)[0];
  };
  const double truth = at(0.02 / 64, 64 * 10);
  const double ratio = std::fabs(at(0.02, 10) - truth) / std::fabs(at(0.01, 20) - truth);
  EXPECT_GT(ratio, 12);
  EXPECT_LT(ratio, 22);
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
