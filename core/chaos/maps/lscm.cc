// The two-dimensional logistic-sine-coupling map (2D-LSCM).
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Lscm {
  static constexpr size_t kDimension = 2;
  double theta;
  explicit Lscm(const MapValues& values) : theta(values.at("theta")) {}

  template <typename T>
  std::array<T, 2> Next(const std::array<T, 2>& s) const {
    const T& x = s[0];
    const T& y = s[1];
    const T next_x =
        detmath::SinPi(4.0 * theta * x * (1.0 - x) + (1.0 - theta) * detmath::SinPi(y));
    return {next_x,
            detmath::SinPi(4.0 * theta * y * (1.0 - y) + (1.0 - theta) * detmath::SinPi(next_x))};
  }
};

}  // namespace

MapEntry LscmMap() {
  return MakeMapEntry<Lscm>({
      .name = "2d_lscm",
      .summary = "Two-dimensional logistic-sine-coupling map, as printed (y' uses x')",
      .equation = "x' = sin(pi (4 theta x (1 - x) + (1 - theta) sin(pi y))), "
                  "y' = sin(pi (4 theta y (1 - y) + (1 - theta) sin(pi x')))",
      .source = "Hua, Jin, Xu, Huang, Signal Process. 149 (2018) 148",
      .parameters = {{"theta", 0.99, 0.0, 1.0, "hyperchaotic for most theta"}},
      .state = {{"x", -1.0, 1.0, 0.3}, {"y", -1.0, 1.0, 0.4}},
  });
}

}  // namespace chaosense
