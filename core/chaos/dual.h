// Dual numbers a + b1 e1 + ... + bN eN (ei ej = 0): a map stepped with them gives its Jacobian
// without derivatives by hand. Only what the maps use. Comparisons look at the value.
#ifndef CHAOSENSE_CORE_CHAOS_DUAL_H_
#define CHAOSENSE_CORE_CHAOS_DUAL_H_

#include <array>
#include <cmath>
#include <cstddef>

#include "core/chaos/detmath.h"

namespace chaosense {

template <size_t N>
struct Dual {
  double value = 0;
  std::array<double, N> slope{};  // partial derivatives

  Dual() = default;
  Dual(double v)
      : value(v) {
  }  // NOLINT(google-explicit-constructor): constants mix with variables in formulas
  static Dual Variable(double v, size_t index) {
    Dual d(v);
    d.slope[index] = 1;
    return d;
  }

  // f(value) with slope f'(value) * slope.
  Dual Chain(double f, double derivative) const {
    Dual d(f);
    for (size_t i = 0; i < N; ++i) d.slope[i] = derivative * slope[i];
    return d;
  }

  friend Dual operator+(Dual a, const Dual& b) {
    a.value += b.value;
    for (size_t i = 0; i < N; ++i) a.slope[i] += b.slope[i];
    return a;
  }
  friend Dual operator-(Dual a, const Dual& b) {
    a.value -= b.value;
    for (size_t i = 0; i < N; ++i) a.slope[i] -= b.slope[i];
    return a;
  }
  friend Dual operator-(const Dual& a) { return a.Chain(-a.value, -1); }
  friend Dual operator*(const Dual& a, const Dual& b) {
    Dual d(a.value * b.value);
    for (size_t i = 0; i < N; ++i) d.slope[i] = a.value * b.slope[i] + b.value * a.slope[i];
    return d;
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    Dual d(a.value / b.value);
    for (size_t i = 0; i < N; ++i) d.slope[i] = (a.slope[i] - d.value * b.slope[i]) / b.value;
    return d;
  }
  friend bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  friend bool operator>(const Dual& a, const Dual& b) { return a.value > b.value; }
  friend bool operator<=(const Dual& a, const Dual& b) { return a.value <= b.value; }
  friend bool operator>=(const Dual& a, const Dual& b) { return a.value >= b.value; }
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_DUAL_H_
