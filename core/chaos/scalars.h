// The scalars formulas are templated on, and the functions formulas may use on all of them:
//   double    orbits
//   Dual      Jacobians (derivatives; at kinks and jumps one of the two sides')
//   Lanes     many orbits at once, each the same bits as with double
//   Reduced   orbits in another number format
// A formula calls detmath::F(x) whatever its scalar, and writes conditions with Select, since lanes
// may differ in them.
#ifndef CHAOSENSE_CORE_CHAOS_SCALARS_H_
#define CHAOSENSE_CORE_CHAOS_SCALARS_H_

#include <cmath>
#include <type_traits>

#include "core/chaos/detmath.h"
#include "core/chaos/dual.h"
#include "core/chaos/lanes.h"
#include "core/chaos/reduced.h"

namespace chaosense {

// condition ? a : b; both are computed.
template <typename T>
T Select(bool condition, const T& a, const std::type_identity_t<T>& b) {
  return condition ? a : b;
}
template <size_t W>
Lanes<W> Select(const LaneMask<W>& condition,
                const std::type_identity_t<Lanes<W>>& a,
                const std::type_identity_t<Lanes<W>>& b) {
  return Lanes<W>::Choose(condition, a, b);
}

namespace detmath {

inline double Abs(double x) { return std::fabs(x); }
inline double Sign(double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0; }

// The functions of one argument on lanes and in reduced precision.
#define CHAOSENSE_FUNCTION_ON_SCALARS(F)                \
  template <size_t W>                                   \
  Lanes<W> F(const Lanes<W>& x) {                       \
    return x.Each([](double lane) { return F(lane); }); \
  }                                                     \
  inline Reduced F(const Reduced& x) { return x.Apply(F(x.value())); }
CHAOSENSE_FUNCTION_ON_SCALARS(SinPi)
CHAOSENSE_FUNCTION_ON_SCALARS(CosPi)
CHAOSENSE_FUNCTION_ON_SCALARS(Sin)
CHAOSENSE_FUNCTION_ON_SCALARS(Cos)
CHAOSENSE_FUNCTION_ON_SCALARS(Tan)
CHAOSENSE_FUNCTION_ON_SCALARS(Asin)
CHAOSENSE_FUNCTION_ON_SCALARS(Acos)
CHAOSENSE_FUNCTION_ON_SCALARS(Atan)
CHAOSENSE_FUNCTION_ON_SCALARS(Exp)
CHAOSENSE_FUNCTION_ON_SCALARS(Log)
CHAOSENSE_FUNCTION_ON_SCALARS(Sqrt)
CHAOSENSE_FUNCTION_ON_SCALARS(Abs)
CHAOSENSE_FUNCTION_ON_SCALARS(Floor)
CHAOSENSE_FUNCTION_ON_SCALARS(FractionalPart)
CHAOSENSE_FUNCTION_ON_SCALARS(Sign)
#undef CHAOSENSE_FUNCTION_ON_SCALARS

// f(x) and f'(x) on dual numbers; v is x's value, f the function's.
#define CHAOSENSE_FUNCTION_ON_DUAL(F, derivative) \
  template <size_t N>                             \
  Dual<N> F(const Dual<N>& x) {                   \
    const double v = x.value;                     \
    [[maybe_unused]] const double f = F(v);       \
    return x.Chain(f, derivative);                \
  }
CHAOSENSE_FUNCTION_ON_DUAL(SinPi, kPi* CosPi(v))
CHAOSENSE_FUNCTION_ON_DUAL(CosPi, -kPi* SinPi(v))
CHAOSENSE_FUNCTION_ON_DUAL(Sin, Cos(v))
CHAOSENSE_FUNCTION_ON_DUAL(Cos, -Sin(v))
CHAOSENSE_FUNCTION_ON_DUAL(Tan, 1.0 + f * f)
CHAOSENSE_FUNCTION_ON_DUAL(Asin, 1.0 / std::sqrt(1.0 - v * v))
CHAOSENSE_FUNCTION_ON_DUAL(Acos, -1.0 / std::sqrt(1.0 - v * v))
CHAOSENSE_FUNCTION_ON_DUAL(Atan, 1.0 / (1.0 + v * v))
CHAOSENSE_FUNCTION_ON_DUAL(Exp, f)
CHAOSENSE_FUNCTION_ON_DUAL(Log, 1.0 / v)
CHAOSENSE_FUNCTION_ON_DUAL(Sqrt, 0.5 / f)
CHAOSENSE_FUNCTION_ON_DUAL(Abs, v < 0 ? -1.0 : 1.0)
CHAOSENSE_FUNCTION_ON_DUAL(Floor, 0.0)
CHAOSENSE_FUNCTION_ON_DUAL(FractionalPart, 1.0)
CHAOSENSE_FUNCTION_ON_DUAL(Sign, 0.0)
#undef CHAOSENSE_FUNCTION_ON_DUAL

template <size_t W>
Lanes<W> Pow(const Lanes<W>& x, const Lanes<W>& y) {
  Lanes<W> r;
  for (size_t i = 0; i < W; ++i) r.Set(i, Pow(x[i], y[i]));
  return r;
}
inline Reduced Pow(const Reduced& x, const Reduced& y) {
  return (x + 0.0 * y).Apply(Pow(x.value(), y.value()));  // the sum: the format of either
}
template <size_t N>
Dual<N> Pow(const Dual<N>& x, const Dual<N>& y) {
  const double f = Pow(x.value, y.value);
  Dual<N> r = x.Chain(f, y.value == 0 ? 0.0 : y.value * Pow(x.value, y.value - 1.0));
  for (size_t i = 0; i < N; ++i) {
    if (y.slope[i] != 0) r.slope[i] += f * Log(x.value) * y.slope[i];
  }
  return r;
}

template <typename T>
T Min(const T& a, const std::type_identity_t<T>& b) {
  return Select(b < a, b, a);
}
template <typename T>
T Max(const T& a, const std::type_identity_t<T>& b) {
  return Select(a < b, b, a);
}
// a - b floor(a / b): in [0, b], b itself by rounding only.
template <typename T>
T Mod(const T& a, const std::type_identity_t<T>& b) {
  return a - b * Floor(a / b);
}

}  // namespace detmath
}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_SCALARS_H_
