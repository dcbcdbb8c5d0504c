// Transcendental functions that give the same bits everywhere: built from IEEE-754 double +, -, *,
// / and sqrt alone, in a fixed order. libm's differ by an ulp from one machine to the next, which
// is another keystream after a few dozen iterations of a chaotic map.
//
// Accuracy: within 2 ulp of the true value over the stated ranges (checked in tests/unit/chaos).
// Needs -ffp-contract=off, no -ffast-math, round-to-nearest. Log and Exp treat subnormals as 0,
// since libraries built with -ffast-math switch the processor to doing so when they are loaded.
#ifndef CHAOSENSE_CORE_CHAOS_DETMATH_H_
#define CHAOSENSE_CORE_CHAOS_DETMATH_H_

#include <cfloat>
#include <cmath>
#include <limits>

#if defined(__FAST_MATH__)
#error "chaos code cannot be compiled with -ffast-math: keystreams would change"
#endif
static_assert(FLT_EVAL_METHOD == 0,
              "doubles must be evaluated as doubles (not x87 extended precision)");
static_assert(std::numeric_limits<double>::is_iec559 && std::numeric_limits<double>::digits == 53);

namespace chaosense::detmath {

inline constexpr double kPi = 0x1.921fb54442d18p+1;

// Changes whenever any result of this file changes; part of every container's chaos ABI.
inline constexpr int kRevision = 1;

struct SinCos {
  double sin;
  double cos;
};

// sin(pi x), cos(pi x): every finite x; the argument is reduced exactly.
SinCos SinCosPi(double x);
inline double SinPi(double x) { return SinCosPi(x).sin; }
inline double CosPi(double x) { return SinCosPi(x).cos; }

// |x| <= 2^20. Beyond, the value is still the same everywhere and in [-1, 1], but no longer
// accurate.
double Sin(double x);
double Cos(double x);

// [-1, 1]; NaN outside.
double Asin(double x);
inline double Acos(double x) {
  return x < 0.5 ? kPi / 2 - Asin(x) : 2 * Asin(std::sqrt((1 - x) / 2));
}

// Within 4 ulp. Tan: as Sin and Cos, |x| <= 2^20. Atan: everywhere.
inline double Tan(double x) { return Sin(x) / Cos(x); }
double Atan(double x);

// Natural logarithm of a positive normal number; -inf at 0 (and for subnormals), NaN below.
double Log(double x);

// Overflows to inf above 709.78; results below 2^-1022 are 0.
double Exp(double x);

// x^y. For an integer y of at most 64 in size: repeated squaring, from the lowest bit of |y| (x^2 =
// x x, x^3 = x x^2, x^-2 = 1 / (x x)). Else exp(y log x): relative error about |y log x| ulp, NaN
// for negative x, 0 for x = 0 and y > 0.
double Pow(double x, double y);

// sqrt is correctly rounded by IEEE-754, floor and fmod are exact: the standard library's are used.
inline double Sqrt(double x) { return std::sqrt(x); }
inline double Floor(double x) { return std::floor(x); }
inline double FractionalPart(double x) {
  return x - std::floor(x);
}  // [0, 1) for |x| < 2^52, x >= 0

// False if this build fuses multiply-adds, evaluates in another precision or rounds another way;
// keystreams refuse to start then.
bool ArithmeticIsIeee();

}  // namespace chaosense::detmath

#endif  // CHAOSENSE_CORE_CHAOS_DETMATH_H_
