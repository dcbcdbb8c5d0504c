// The two-dimensional logistic-sine-coupling map (2D-LSCM).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Lscm {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [theta] = p;
    const auto& [x, y] = s;
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
      .exponents = {{.parameters = {{"theta", 0.2}},
                     .values = {1.73, -2.87},
                     .tolerance = 0.03,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"theta", 0.9}},
                     .values = {1.109, 0.902},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"},
                    {.values = {1.306, 1.263},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
