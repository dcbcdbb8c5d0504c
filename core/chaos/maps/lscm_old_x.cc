// The variant of 2D-LSCM in public code: y steps with the old x.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct LscmOldX {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [theta] = p;
    const auto& [x, y] = s;
    return {detmath::SinPi(4.0 * theta * x * (1.0 - x) + (1.0 - theta) * detmath::SinPi(y)),
            detmath::SinPi(4.0 * theta * y * (1.0 - y) + (1.0 - theta) * detmath::SinPi(x))};
  }
};

}  // namespace

MapEntry LscmOldXMap() {
  return MakeMapEntry<LscmOldX>({
      .name = "2d_lscm_old_x",
      .summary =
          "Two-dimensional logistic-sine-coupling map as in the authors' code (y' uses the old x)",
      .equation = "x' = sin(pi (4 theta x (1 - x) + (1 - theta) sin(pi y))), y' = sin(pi (4 theta "
                  "y (1 - y) + (1 - theta) sin(pi x)))",
      .source = "Hua, Jin, Xu, Huang, Signal Process. 149 (2018) 148, public code",
      .parameters = {{"theta",
                      0.99,
                      0.0,
                      1.0,
                      "hyperchaotic near 1; strongly contracting along one direction near 0.2"}},
      .state = {{"x", -1.0, 1.0, 0.3}, {"y", -1.0, 1.0, 0.4}},
      .exponents = {{.parameters = {{"theta", 0.9}},
                     .values = {1.088, 0.935},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"theta", 0.2}},
                     .values = {0.95, 0.68},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
