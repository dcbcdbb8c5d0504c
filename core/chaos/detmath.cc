#include "core/chaos/detmath.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace chaosense::detmath {
namespace {

// c[0] + c[1] z + c[2] z^2 + ...: even and odd powers apart, which halves the chain of dependent
// operations. The order of operations is part of the result.
template <size_t N>
double Polynomial(const std::array<double, N>& c, double z) {
  const double w = z * z;
  double even = c[(N - 1) / 2 * 2];
  for (size_t i = (N - 1) / 2 * 2; i >= 2; i -= 2) even = even * w + c[i - 2];
  if constexpr (N == 1) return even;
  double odd = c[N / 2 * 2 - 1];
  for (size_t i = N / 2 * 2 - 1; i >= 3; i -= 2) odd = odd * w + c[i - 2];
  return even + odd * z;
}

// Taylor series, rounded to nearest from 60 digits: (-1)^n pi^(2n+1) / (2n+1)! for n = 1..8 ...
constexpr std::array<double, 8> kSinPi = {-0x1.4abbce625be53p+2,
                                          0x1.466bc6775aae2p+1,
                                          -0x1.32d2cce62bd86p-1,
                                          0x1.50783487ee782p-4,
                                          -0x1.e3074fde8871fp-8,
                                          0x1.e8f434d018d63p-12,
                                          -0x1.6fadb9f155744p-16,
                                          0x1.aaec32af93359p-21};
// ... and (-1)^n pi^(2n) / (2n)! for n = 1..8.
constexpr std::array<double, 8> kCosPi = {-0x1.3bd3cc9be45dep+2,
                                          0x1.03c1f081b5ac4p+2,
                                          -0x1.55d3c7e3cbffap+0,
                                          0x1.e1f506891babbp-3,
                                          -0x1.a6d1f2a204a8cp-6,
                                          0x1.f9d38a3763cc3p-10,
                                          -0x1.b6e24f44b128fp-14,
                                          0x1.20c62c2f2d7f5p-18};
constexpr double kPiLow = 0x1.1a62633145c07p-53;  // pi - kPi

// (-1)^n / (2n+1)! and (-1)^n / (2n)! for n = 1..8 and 2..8.
constexpr std::array<double, 8> kSin = {-0x1.5555555555555p-3,
                                        0x1.1111111111111p-7,
                                        -0x1.a01a01a01a01ap-13,
                                        0x1.71de3a556c734p-19,
                                        -0x1.ae64567f544e4p-26,
                                        0x1.6124613a86d09p-33,
                                        -0x1.ae7f3e733b81fp-41,
                                        0x1.952c77030ad4ap-49};
constexpr std::array<double, 7> kCos = {0x1.5555555555555p-5,
                                        -0x1.6c16c16c16c17p-10,
                                        0x1.a01a01a01a01ap-16,
                                        -0x1.27e4fb7789f5cp-22,
                                        0x1.1eed8eff8d898p-29,
                                        -0x1.93974a8c07c9dp-37,
                                        0x1.ae7f3e733b81fp-45};

// 1 / n! for n = 2..13.
constexpr std::array<double, 12> kExp = {0x1.0000000000000p-1,
                                         0x1.5555555555555p-3,
                                         0x1.5555555555555p-5,
                                         0x1.1111111111111p-7,
                                         0x1.6c16c16c16c17p-10,
                                         0x1.a01a01a01a01ap-13,
                                         0x1.a01a01a01a01ap-16,
                                         0x1.71de3a556c734p-19,
                                         0x1.27e4fb7789f5cp-22,
                                         0x1.ae64567f544e4p-26,
                                         0x1.1eed8eff8d898p-29,
                                         0x1.6124613a86d09p-33};

// 1 / (2n+1) for n = 1..11: atanh(s) = s + s^3/3 + s^5/5 + ...
constexpr std::array<double, 11> kAtanh = {0x1.5555555555555p-2,
                                           0x1.999999999999ap-3,
                                           0x1.2492492492492p-3,
                                           0x1.c71c71c71c71cp-4,
                                           0x1.745d1745d1746p-4,
                                           0x1.3b13b13b13b14p-4,
                                           0x1.1111111111111p-4,
                                           0x1.e1e1e1e1e1e1ep-5,
                                           0x1.af286bca1af28p-5,
                                           0x1.8618618618618p-5,
                                           0x1.642c8590b2164p-5};

// (asin(s) - s) / s^3 as a polynomial in z = s^2 on [0, 1/4]: the Chebyshev interpolant of degree
// 12, computed with 60 digits; off by at most 1.6e-17.
constexpr std::array<double, 13> kAsin = {0x1.5555555555556p-3,
                                          0x1.3333333332ecap-4,
                                          0x1.6db6db6e31f13p-5,
                                          0x1.f1c71c1db0623p-6,
                                          0x1.6e8bb1c8209a2p-6,
                                          0x1.1c4d35cf95421p-6,
                                          0x1.c9cf07674736ap-7,
                                          0x1.782651caa6547p-7,
                                          0x1.52420b04b37bep-7,
                                          0x1.65a9c4dfcf8b2p-8,
                                          0x1.1d189408314eep-6,
                                          -0x1.e6aaa8a0a04ccp-7,
                                          0x1.d72b2bc8155f8p-6};

// pi/2 in three pieces; the first two have 33 bits, so that their product with an integer below
// 2^20 is exact.
constexpr double kHalfPi1 = 0x1.921fb54400000p+0;
constexpr double kHalfPi2 = 0x1.0b4611a600000p-34;
constexpr double kHalfPi3 = 0x1.3198a2e037073p-69;
constexpr double kHalfPiHigh = 0x1.921fb54442d18p+0;
constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;
constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;

constexpr double kLn2High = 0x1.62e42fefa3800p-1;  // 42 bits: exact times an exponent
constexpr double kLn2Low = 0x1.ef35793c76730p-45;
constexpr double kOneOverLn2 = 0x1.71547652b82fep+0;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The sine and cosine of an angle q quarter turns further.
SinCos Turn(SinCos a, int quarter_turns) {
  switch (quarter_turns & 3) {
    case 0:
      return a;
    case 1:
      return {a.cos, -a.sin};
    case 2:
      return {-a.sin, -a.cos};
    default:
      return {-a.cos, a.sin};
  }
}

// x = q pi/2 + r + low, |r| <= pi/4 and a little.
struct Reduced {
  double r;
  double low;
  int quarter_turns;
};

Reduced ReduceByHalfPi(double x) {
  const double q = std::floor(x * kTwoOverPi + 0.5);
  const double a = x - q * kHalfPi1;  // exact
  const double b = q * kHalfPi2;      // exact
  const double t = a - b;
  const double rounding = (a - t) - b;
  const double w = q * kHalfPi3 - rounding;
  const double r = t - w;
  return {r, (t - r) - w, static_cast<int>(std::fmod(q, 4.0))};
}

SinCos SinCosOf(double x) {
  constexpr double kLimit = 0x1p20;
  if (!(std::fabs(x) <= kLimit)) {
    if (!std::isfinite(x)) return {kNan, kNan};
    return SinCosPi(x / kPi);
  }
  const Reduced reduced = ReduceByHalfPi(x);
  const double r = reduced.r;
  const double z = r * r;
  const double sine = r + (r * z * Polynomial(kSin, z) + reduced.low);
  const double half = 0.5 * z;
  const double head = 1.0 - half;
  // (1 - head) - half is what rounding took from the head.
  const double cosine =
      head + (((1.0 - head) - half) + (z * z * Polynomial(kCos, z) - r * reduced.low));
  return Turn({sine, cosine}, reduced.quarter_turns);
}

}  // namespace

SinCos SinCosPi(double x) {
  constexpr double kExactLimit = 0x1p50;
  if (!(std::fabs(x) < kExactLimit)) {
    if (!std::isfinite(x)) return {kNan, kNan};
    x = std::fmod(x, 2.0);
  }
  const double q = std::floor(2.0 * x + 0.5);
  const double r = x - 0.5 * q;  // exact, |r| <= 1/4
  const double z = r * r;
  const double sine = kPi * r + r * (kPiLow + z * Polynomial(kSinPi, z));
  const double cosine = 1.0 + z * Polynomial(kCosPi, z);
  return Turn({sine, cosine}, static_cast<int>(q - 4.0 * std::floor(0.25 * q)));
}

double Sin(double x) { return SinCosOf(x).sin; }
double Cos(double x) { return SinCosOf(x).cos; }

double Asin(double x) {
  const double magnitude = std::fabs(x);
  if (!(magnitude <= 1.0)) return kNan;
  if (magnitude <= 0.5) {
    const double z = x * x;
    return x + x * z * Polynomial(kAsin, z);
  }
  // asin(x) = pi/2 - 2 asin(sqrt((1 - x) / 2))
  const double z = (1.0 - magnitude) * 0.5;  // exact
  const double s = std::sqrt(z);
  const double half_rest = s * z * Polynomial(kAsin, z);
  const double result = kHalfPiHigh - (2.0 * s + (2.0 * half_rest - kHalfPiLow));
  return x < 0 ? -result : result;
}

double Atan(double x) {
  // atan(x) = asin(x / sqrt(1 + x^2)); for large x, where that is near 1, pi/2 - atan(1/x).
  const double magnitude = std::fabs(x);
  if (std::isnan(x)) return x;
  if (magnitude <= 1.0) return Asin(x / std::sqrt(1.0 + x * x));
  const double inverse = 1.0 / magnitude;
  const double result =
      kHalfPiHigh - (Asin(inverse / std::sqrt(1.0 + inverse * inverse)) - kHalfPiLow);
  return x < 0 ? -result : result;
}

double Log(double x) {
  if (!(x > 0)) return x == 0 ? -kInfinity : kNan;
  if (x == kInfinity) return x;
  const uint64_t bits = std::bit_cast<uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52) - 1023;
  if (exponent == -1023) return -kInfinity;  // subnormal: 0, whatever the processor's mode
  double m =
      std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);  // [1, 2)
  if (m > 0x1.6a09e667f3bcdp+0) {                                                     // sqrt(2)
    m *= 0.5;
    ++exponent;
  }
  const double f = m - 1.0;  // exact
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double r = 2.0 * z * Polynomial(kAtanh, z);
  // log(1 + f) = 2 atanh(s) = f - s (f - r): s, which is rounded, only enters the small second
  // term.
  const double e = exponent;
  return e * kLn2High + (f - (s * (f - r) - e * kLn2Low));
}

double Exp(double x) {
  if (std::isnan(x)) return x;
  if (x > 0x1.62e42fefa39efp+9) return kInfinity;
  if (x < -0x1.6232bdd7abcd2p+9) return 0.0;  // log(2^-1022)
  const double k = std::floor(x * kOneOverLn2 + 0.5);
  const double high = x - k * kLn2High;
  const double low = k * kLn2Low;
  const double r = high - low;
  const double y = 1.0 + (high - (low - r * r * Polynomial(kExp, r)));
  // y 2^k in two exact steps, as 2^1024 is no double and y may be below 1 at the lower end.
  const int64_t half = static_cast<int64_t>(k) / 2;
  const auto power = [](int64_t n) {
    return std::bit_cast<double>(static_cast<uint64_t>(n + 1023) << 52);
  };
  const double result = y * power(half) * power(static_cast<int64_t>(k) - half);
  return result < 0x1p-1022 ? 0.0 : result;
}

double Pow(double x, double y) {
  constexpr double kLargestInteger = 64;
  const double magnitude = std::fabs(y);
  if (!(magnitude <= kLargestInteger) || std::floor(y) != y) {
    return x == 0 && y > 0 ? 0.0 : Exp(y * Log(x));
  }
  double result = 1.0;
  double square = x;
  for (auto bits = static_cast<unsigned>(magnitude); bits != 0; bits >>= 1) {
    if ((bits & 1) != 0) result = square * result;
    if (bits > 1) square = square * square;
  }
  return y < 0 ? 1.0 / result : result;
}

bool ArithmeticIsIeee() {
  // volatile: the compiler must not evaluate this by itself.
  volatile double a = 1.0 + 0x1p-30;
  volatile double b = 1.0 - 0x1p-30;
  volatile double minus_one = -1.0;
  const double x = a;
  const double y = b;
  const double product = x * y + minus_one;  // 0 if the product is rounded first, -2^-60 if fused
  volatile double half_ulp = 0x1p-53;
  volatile double one = 1.0;
  const double up = one + half_ulp;                // ties to even: 1
  const double next = (one + 0x1p-52) + half_ulp;  // ties to even: 1 + 2^-51
  return product == 0.0 && up == 1.0 && next == 1.0 + 0x1p-51;
}

}  // namespace chaosense::detmath
