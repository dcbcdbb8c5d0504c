// The scalars that formulas run on: number formats, lanes, dual numbers.
#include "core/chaos/scalars.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/chaos/map_registry.h"

namespace chaosense {
namespace {

MapRegistry Builtin() {
  MapRegistry registry("map");
  RegisterBuiltinMaps(registry);
  return registry;
}

// The finite non-negative values of IEEE binary16, from the definition of its bits.
std::vector<double> Halves() {
  std::vector<double> values;
  for (int exponent = 0; exponent < 31; ++exponent) {
    for (int mantissa = 0; mantissa < 1024; ++mantissa) {
      values.push_back(exponent == 0 ? std::ldexp(mantissa, -24)
                                     : std::ldexp(1024 + mantissa, exponent - 25));
    }
  }
  return values;
}

TEST(NumberFormat, Float16RoundsToTheNearestOfItsValuesAndTiesToEven) {
  const std::vector<double> halves = Halves();
  const NumberFormat format = NumberFormat::Float16();
  RandomStream random("float16");
  for (size_t i = 0; i + 1 < halves.size(); ++i) {
    const double low = halves[i];
    const double high = halves[i + 1];
    ASSERT_EQ(format.Round(low), low);
    ASSERT_EQ(format.Round((low + high) / 2), i % 2 == 0 ? low : high) << low;
    const double x = low + (high - low) * random.Uniform();
    if (x - low != high - x) {
      ASSERT_EQ(format.Round(-x), x - low < high - x ? -low : -high);
    }
  }
  EXPECT_EQ(format.Round(65519.99), 65504);
  EXPECT_EQ(format.Round(65520), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(format.Round(std::nan(""))));
}

TEST(NumberFormat, Float32IsTheProcessorsFloat) {
  const NumberFormat format = NumberFormat::Float32();
  RandomStream random("float32");
  for (int i = 0; i < 100000; ++i) {
    const auto a = static_cast<float>(std::ldexp(random.Normal(), static_cast<int>(i % 80) - 40));
    const auto b = static_cast<float>(std::ldexp(random.Normal(), static_cast<int>(i % 60) - 40));
    ASSERT_EQ(format.Add(a, b), a + b);
    ASSERT_EQ(format.Subtract(a, b), a - b);
    ASSERT_EQ(format.Multiply(a, b), a * b);
    ASSERT_EQ(format.Divide(a, b), a / b);
  }
  EXPECT_EQ(format.Round(0x1p-149), 0x1p-149);
  EXPECT_EQ(format.Round(0x1p-150), 0);
  EXPECT_EQ(format.Round(0x1.ffffffp127), std::numeric_limits<double>::infinity());
}

TEST(NumberFormat, Bfloat16AndFewMantissaBits) {
  EXPECT_EQ(NumberFormat::Bfloat16().Round(1.0 + 0x1p-8), 1.0);             // a tie, to even
  EXPECT_EQ(NumberFormat::Bfloat16().Round(1.0 + 3 * 0x1p-8), 1 + 0x1p-6);  // a tie, to even
  EXPECT_EQ(NumberFormat::Bfloat16().Round(3.14159), 3.140625);
  EXPECT_EQ(NumberFormat::Mantissa(1).Round(1.7), 1.5);
  EXPECT_EQ(NumberFormat::Mantissa(1).Round(1.8), 2.0);
  EXPECT_EQ(NumberFormat::Mantissa(23).Round(1 / 3.0), static_cast<double>(1 / 3.0F));
}

TEST(NumberFormat, FixedPointIsIntegerArithmetic) {
  for (const bool down : {false, true}) {
    const NumberFormat format = NumberFormat::Fixed(16, down);
    RandomStream random("fixed");
    const auto to_double = [](int64_t k) { return static_cast<double>(k) / 65536; };
    // numerator / denominator to an integer, denominator > 0.
    const auto divide = [&](int64_t numerator, int64_t denominator) {
      int64_t q = numerator / denominator;
      if (numerator % denominator < 0) --q;
      const int64_t twice_rest = 2 * (numerator - q * denominator);
      if (!down && (twice_rest > denominator || (twice_rest == denominator && q % 2 != 0))) ++q;
      return q;
    };
    for (int i = 0; i < 100000; ++i) {
      const int64_t a = random.UniformInt(1 << 24) - (1 << 23);
      const int64_t b = random.UniformInt(1 << 22) + 1;
      ASSERT_EQ(format.Multiply(to_double(a), to_double(b)),
                std::clamp(to_double(divide(a * b, 65536)), -0x1p15, 0x1p15 - 0x1p-16));
      ASSERT_EQ(format.Divide(to_double(a), to_double(b)),
                std::clamp(to_double(divide(a * 65536, b)), -0x1p15, 0x1p15 - 0x1p-16));
    }
    EXPECT_EQ(format.Add(32000, 32000), 0x1p15 - 0x1p-16);
    EXPECT_EQ(format.Multiply(-32000, 32000), -0x1p15);
    EXPECT_EQ(format.Divide(1, 0), 0x1p15 - 0x1p-16);
    EXPECT_EQ(format.Divide(0, 0), 0);
    EXPECT_EQ(format.Round(std::nan("")), 0);
    EXPECT_EQ(format.Round(-0x1.8p-16), down ? -0x1p-15 : -0x1p-15);
    EXPECT_EQ(format.Round(0x1.8p-16), down ? 0x1p-16 : 0x1p-15);
  }
}

TEST(NumberFormat, NamesRoundTripAndBadOnesAreConfigErrors) {
  for (const char* name : {"float64",
                           "float32",
                           "float16",
                           "bfloat16",
                           "mantissa12",
                           "fixed16",
                           "fixed32",
                           "fixed20_down"}) {
    EXPECT_EQ(NumberFormat::FromName(name).name(), name);
  }
  for (const char* name : {"float",
                           "mantissa52",
                           "mantissa0",
                           "fixed37",
                           "fixed",
                           "fixed9_up",
                           "fixed_down",
                           "mantissa-3"}) {
    EXPECT_THROW(NumberFormat::FromName(name), Error) << name;
  }
  EXPECT_THAT([] { NumberFormat::FromName("flaot16", "a.json: /format"); },
              testing::ThrowsMessage<Error>(testing::AllOf(testing::HasSubstr("a.json: /format"),
                                                           testing::HasSubstr("\"float16\""))));
}

// Brent's algorithm.
int64_t CycleLength(const ChaoticMap& map, const NumberFormat& format, double start) {
  std::vector<double> tortoise = {format.Round(start)};
  std::vector<double> hare = tortoise;
  int64_t power = 1;
  int64_t length = 0;
  do {
    if (length == power) {
      tortoise = hare;
      power *= 2;
      length = 0;
    }
    map.StepIn(format, hare);
    ++length;
  } while (tortoise != hare);
  return length;
}

// The cycles of the logistic map at r = 4 in single precision, by an independent program in C with
// floats (20,000 seeds): 1, 136, 143, 436, 836, 4344.
TEST(NumberFormat, LogisticCyclesInSinglePrecision) {
  const auto map = Builtin().Create("logistic", {{"r", 4.0}});
  RandomStream random("seeds");
  std::set<int64_t> lengths;
  for (int i = 0; i < 200; ++i) {
    lengths.insert(CycleLength(*map, NumberFormat::Float32(), random.Uniform()));
  }
  const std::set<int64_t> known = {1, 136, 143, 436, 836, 4344};
  EXPECT_TRUE(std::includes(known.begin(), known.end(), lengths.begin(), lengths.end()));
  EXPECT_TRUE(lengths.contains(1));
  EXPECT_TRUE(lengths.contains(4344));
}

// The tent map shifts bits out: n fraction bits are gone after n steps.
TEST(NumberFormat, TentInFixedPointReachesZero) {
  const auto map = Builtin().Create("tent", {{"mu", 2.0}});
  std::vector<double> state = {0.4};
  map->AdvanceIn(NumberFormat::Fixed(16), state, 18);
  EXPECT_EQ(state[0], 0);
}

TEST(NumberFormat, Float64StepsAreTheMapsOwn) {
  const MapRegistry registry = Builtin();
  for (const std::string& name : registry.Names()) {
    const auto map = registry.Create(name);
    std::vector<double> reduced = map->InitialState();
    std::vector<double> plain = reduced;
    map->AdvanceIn(NumberFormat::Float64(), reduced, 50);
    for (int i = 0; i < 50; ++i) map->Step(plain);
    EXPECT_EQ(reduced, plain) << name;
  }
}

TEST(NumberFormat, EveryMapsOrbitHoldsValuesOfTheFormat) {
  const MapRegistry registry = Builtin();
  for (const std::string& name : registry.Names()) {
    const auto map = registry.Create(name);
    for (const std::string& format_name : NumberFormat::CommonNames()) {
      const NumberFormat format = NumberFormat::FromName(format_name);
      std::vector<double> state = map->InitialState();
      for (int step = 0; step < 20; ++step) {
        map->StepIn(format, state);
        for (const double x : state) {
          if (!std::isnan(x)) {
            ASSERT_EQ(format.Round(x), x) << name << " " << format_name;
          }
        }
      }
    }
  }
}

// Every lane with parameters and a state of its own; a number of lanes that fills no whole block.
TEST(Lanes, SweepsAreBitIdenticalToSteps) {
  const MapRegistry registry = Builtin();
  constexpr size_t kLanes = 21;
  for (const std::string& name : registry.Names()) {
    SCOPED_TRACE(name);
    const auto map = registry.Create(name);
    const MapInfo& info = map->info();
    const size_t n = map->dimension();
    RandomStream random("lanes " + name);
    std::vector<Json> parameters(kLanes, Json::object());
    std::vector<double> values;
    for (const MapParameter& parameter : info.parameters) {
      for (Json& lane : parameters) {
        // Near the default, where orbits are bounded.
        const double other = random.Uniform() < 0.5 ? parameter.minimum : parameter.maximum;
        const double value =
            parameter.fallback + 0.01 * random.Uniform() * (other - parameter.fallback);
        lane[parameter.name] = value;
        values.push_back(value);
      }
    }
    std::vector<double> states;
    for (const MapVariable& variable : info.state) {
      for (size_t l = 0; l < kLanes; ++l) {
        const double other = random.Uniform() < 0.5 ? variable.low : variable.high;
        states.push_back(variable.initial + 0.01 * random.Uniform() * (other - variable.initial));
      }
    }
    std::vector<double> swept = states;
    const auto sweep = map->MakeSweep(kLanes, values);
    sweep->Advance(swept, 70);
    sweep->Step(swept);
    for (size_t l = 0; l < kLanes; ++l) {
      const auto alone = registry.Create(name, parameters[l]);
      std::vector<double> state(n);
      for (size_t i = 0; i < n; ++i) state[i] = states[i * kLanes + l];
      for (int step = 0; step < 71; ++step) alone->Step(state);
      for (size_t i = 0; i < n; ++i) {
        // Bits, since an orbit may have left for infinity and be NaN.
        ASSERT_EQ(std::bit_cast<uint64_t>(swept[i * kLanes + l]), std::bit_cast<uint64_t>(state[i]))
            << "lane " << l << " variable " << i;
      }
    }
  }
}

TEST(Lanes, SweepOverOneParameterKeepsTheOthers) {
  const auto map = Builtin().Create("henon", {{"b", 0.25}});
  const std::vector<double> a = {1.1, 1.2, 1.3};
  std::vector<double> states = {0.1, 0.1, 0.1, 0.2, 0.2, 0.2};
  map->SweepOver("a", a)->Step(states);
  for (size_t l = 0; l < 3; ++l) {
    EXPECT_EQ(states[l], 1.0 - a[l] * 0.1 * 0.1 + 0.2);
    EXPECT_EQ(states[3 + l], 0.25 * 0.1);
  }
  EXPECT_THAT([&] { map->SweepOver("c", a); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("unknown parameter \"c\"")));
}

// Derivatives of every function against central differences.
TEST(Dual, FunctionsHaveTheirDerivatives) {
  const auto check = [](const char* name, auto function, double x) {
    constexpr double kH = 1e-6;
    const Dual<1> d = function(Dual<1>::Variable(x, 0));
    EXPECT_EQ(d.value, function(x)) << name;
    EXPECT_NEAR(d.slope[0], (function(x + kH) - function(x - kH)) / (2 * kH), 1e-8) << name;
  };
#define CHAOSENSE_CHECK_DERIVATIVE(F) \
  check(                              \
      #F, [](auto x) { return detmath::F(x); }, 0.37)
  CHAOSENSE_CHECK_DERIVATIVE(SinPi);
  CHAOSENSE_CHECK_DERIVATIVE(CosPi);
  CHAOSENSE_CHECK_DERIVATIVE(Sin);
  CHAOSENSE_CHECK_DERIVATIVE(Cos);
  CHAOSENSE_CHECK_DERIVATIVE(Tan);
  CHAOSENSE_CHECK_DERIVATIVE(Asin);
  CHAOSENSE_CHECK_DERIVATIVE(Acos);
  CHAOSENSE_CHECK_DERIVATIVE(Atan);
  CHAOSENSE_CHECK_DERIVATIVE(Exp);
  CHAOSENSE_CHECK_DERIVATIVE(Log);
  CHAOSENSE_CHECK_DERIVATIVE(Sqrt);
  CHAOSENSE_CHECK_DERIVATIVE(Abs);
  CHAOSENSE_CHECK_DERIVATIVE(Floor);
  CHAOSENSE_CHECK_DERIVATIVE(FractionalPart);
  CHAOSENSE_CHECK_DERIVATIVE(Sign);
#undef CHAOSENSE_CHECK_DERIVATIVE
  check(
      "x^3", [](auto x) { return detmath::Pow(x, decltype(x)(3.0)); }, 0.37);
  check(
      "x^2.5", [](auto x) { return detmath::Pow(x, decltype(x)(2.5)); }, 0.37);
  check(
      "2^x", [](auto x) { return detmath::Pow(decltype(x)(2.0), x); }, 0.37);
  check(
      "mod", [](auto x) { return detmath::Mod(7.0 * x, decltype(x)(2.0)); }, 0.37);
}

}  // namespace
}  // namespace chaosense
