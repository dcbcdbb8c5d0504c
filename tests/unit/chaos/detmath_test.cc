#include "core/chaos/detmath.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"

namespace chaosense {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Error in units of the last place of the true value, which libm's long double stands for (64-bit
// mantissa on x86, 113 bits on ARM64).
double UlpError(double ours, long double truth) {
  const double rounded = std::fabs(static_cast<double>(truth));
  const double ulp = std::nextafter(rounded, kInfinity) - rounded;
  return static_cast<double>(std::fabs(static_cast<long double>(ours) - truth) /
                             static_cast<long double>(ulp));
}

template <typename Ours, typename Truth>
double WorstUlp(const char* stream, double low, double high, Ours ours, Truth truth) {
  RandomStream random(stream);
  double worst = 0;
  for (int i = 0; i < 200000; ++i) {
    const double x = low + (high - low) * random.Uniform();
    worst = std::max(worst, UlpError(ours(x), truth(static_cast<long double>(x))));
  }
  return worst;
}

constexpr double kBound = 2;  // ulp, as the header states

// sin(pi x) through an exactly reduced argument: libm's sinl(pi x) alone would lose digits for
// large x.
long double SinPiL(long double x) {
  const long double r = std::fmod(x, 2.0L);
  const long double q = std::round(r * 2);
  const long double a = (r - q / 2) * 3.14159265358979323846264338327950288L;
  switch (static_cast<int>(q) & 3) {
    case 0:
      return std::sin(a);
    case 1:
      return std::cos(a);
    case 2:
      return -std::sin(a);
    default:
      return -std::cos(a);
  }
}

TEST(DetMath, StaysWithinTheStatedUlps) {
  using namespace detmath;
  EXPECT_LT(WorstUlp("sinpi", 0, 1, SinPi, SinPiL), kBound);
  EXPECT_LT(WorstUlp("sinpi wide", -1e6, 1e6, SinPi, SinPiL), kBound);
  EXPECT_LT(WorstUlp("cospi", 0, 2, CosPi, [](long double x) { return SinPiL(x + 0.5L); }), kBound);
  EXPECT_LT(WorstUlp("sin", -4, 4, Sin, [](long double x) { return std::sin(x); }), kBound);
  EXPECT_LT(WorstUlp("cos", -4, 4, Cos, [](long double x) { return std::cos(x); }), kBound);
  EXPECT_LT(WorstUlp("sin wide", -0x1p20, 0x1p20, Sin, [](long double x) { return std::sin(x); }),
            kBound);
  EXPECT_LT(WorstUlp("cos wide", -0x1p20, 0x1p20, Cos, [](long double x) { return std::cos(x); }),
            kBound);
  EXPECT_LT(WorstUlp("asin", -1, 1, Asin, [](long double x) { return std::asin(x); }), kBound);
  EXPECT_LT(WorstUlp("acos", -1, 0.99, Acos, [](long double x) { return std::acos(x); }),
            kBound + 1);
  EXPECT_LT(WorstUlp("log", 0, 1, Log, [](long double x) { return std::log(x); }), kBound);
  EXPECT_LT(WorstUlp("log near 1", 0.9, 1.1, Log, [](long double x) { return std::log(x); }),
            kBound);
  EXPECT_LT(WorstUlp("log wide", 1, 1e300, Log, [](long double x) { return std::log(x); }), kBound);
  EXPECT_LT(WorstUlp("exp", -1, 1, Exp, [](long double x) { return std::exp(x); }), kBound);
  EXPECT_LT(WorstUlp("exp wide", -708, 709, Exp, [](long double x) { return std::exp(x); }),
            kBound);
}

TEST(DetMath, TanAtanAndPowStayWithinTheirBounds) {
  using namespace detmath;
  constexpr double kWide = 4;
  EXPECT_LT(WorstUlp("tan", -1.5, 1.5, Tan, [](long double x) { return std::tan(x); }), kWide);
  EXPECT_LT(WorstUlp("atan", -1, 1, Atan, [](long double x) { return std::atan(x); }), kWide);
  EXPECT_LT(WorstUlp("atan wide", -1e6, 1e6, Atan, [](long double x) { return std::atan(x); }),
            kWide);
  EXPECT_EQ(Atan(kInfinity), std::atan(kInfinity));
  EXPECT_EQ(Atan(-kInfinity), -std::atan(kInfinity));
  EXPECT_EQ(Atan(0), 0);
  for (const double y : {2.5, -1.5, 0.1, 100.5}) {
    const auto ours = [y](double x) { return Pow(x, y); };
    const auto truth = [y](long double x) { return std::pow(x, static_cast<long double>(y)); };
    EXPECT_LT(WorstUlp("pow", 0.5, 2, ours, truth), 4 + std::fabs(y)) << y;
  }
  EXPECT_EQ(Pow(3, 5), 243);
  EXPECT_EQ(Pow(-2, 3), -8);
  EXPECT_EQ(Pow(2, -2), 0.25);
  EXPECT_EQ(Pow(0, 0), 1);
  EXPECT_EQ(Pow(0, 2.5), 0);
  EXPECT_EQ(Pow(4, 0.5), 2);
  EXPECT_TRUE(std::isnan(Pow(-1, 0.5)));
}

TEST(DetMath, ExactWhereTheTruthIsExact) {
  using namespace detmath;
  for (double n = -5; n <= 5; ++n) {
    EXPECT_EQ(SinPi(n), 0);
    EXPECT_EQ(CosPi(n + 0.5), 0);
    EXPECT_EQ(std::fabs(SinPi(n + 0.5)), 1);
    EXPECT_EQ(CosPi(2 * n), 1);
  }
  EXPECT_EQ(SinPi(0x1p60), 0);
  EXPECT_EQ(SinPi(1e300), 0);  // an even integer
  EXPECT_EQ(Sin(0), 0);
  EXPECT_EQ(Cos(0), 1);
  EXPECT_EQ(Log(1), 0);
  EXPECT_EQ(Exp(0), 1);
  EXPECT_EQ(Asin(0), 0);
  EXPECT_EQ(Asin(1), std::asin(1.0));
  EXPECT_EQ(Asin(-1), std::asin(-1.0));
  EXPECT_EQ(Log(2), std::log(2.0));
}

TEST(DetMath, EdgesOfTheDomains) {
  using namespace detmath;
  EXPECT_EQ(Log(0), -kInfinity);
  EXPECT_EQ(Log(0x1p-1060), -kInfinity);  // subnormal
  EXPECT_TRUE(std::isnan(Log(-1)));
  EXPECT_EQ(Log(kInfinity), kInfinity);
  EXPECT_LT(UlpError(Log(0x1p-1022), std::log(0x1p-1022L)), kBound);
  EXPECT_EQ(Exp(-kInfinity), 0);
  EXPECT_EQ(Exp(-709), 0);  // e^-709 would be subnormal
  EXPECT_GT(Exp(-708.3), 0);
  EXPECT_EQ(Exp(710), kInfinity);
  EXPECT_LT(Exp(709.78), kInfinity);
  EXPECT_TRUE(std::isnan(Exp(std::nan(""))));
  EXPECT_TRUE(std::isnan(Asin(1.0000001)));
  EXPECT_TRUE(std::isnan(Asin(std::nan(""))));
  EXPECT_TRUE(std::isnan(Sin(kInfinity)));
  EXPECT_TRUE(std::isnan(SinPi(std::nan(""))));
  for (const double x : {1e10, -1e100, 1e308}) EXPECT_LE(std::fabs(Sin(x)), 1);
}

// Bits of our own, so that a change of any function is seen at once (and kRevision raised).
TEST(DetMath, GoldenBits) {
  using namespace detmath;
  double sum = 0;
  RandomStream random("detmath golden");
  for (int i = 0; i < 1000; ++i) {
    const double x = random.Uniform();
    sum = sum * 0.5 + SinPi(x) + CosPi(3 * x) + Sin(100 * x) + Cos(50 * x) + Asin(x) + Log(x) +
          Exp(4 * x);
  }
  EXPECT_EQ(sum, 0x1.9c8c5375cd6cp+5);
}

TEST(DetMath, ThisBuildComputesPlainDoubles) { EXPECT_TRUE(detmath::ArithmeticIsIeee()); }

}  // namespace
}  // namespace chaosense
