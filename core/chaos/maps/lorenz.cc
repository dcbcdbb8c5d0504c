// The Lorenz system.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct Lorenz {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 4;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 4>& p, const std::array<T, 3>& s) {
    const auto& [sigma, rho, beta, h] = p;
    const auto& [x, y, z] = s;
    return {sigma * (y - x), x * (rho - z) - y, x * y - beta * z};
  }
};

}  // namespace

MapEntry LorenzMap() {
  return MakeFlowEntry<Lorenz>(
      {
          .name = "lorenz",
          .summary = "Lorenz system (flow)",
          .equation = "dx/dt = sigma (y - x), dy/dt = x (rho - z) - y, dz/dt = x y - beta z",
          .source = "Lorenz, J. Atmos. Sci. 20 (1963) 130",
          .parameters = {{"sigma", 10.0, 0.0, 20.0, "chaotic at 10, 28, 8/3"},
                         {"rho", 28.0, 0.0, 100.0, ""},
                         {"beta", 8.0 / 3.0, 0.0, 10.0, ""}},
          .state = {{"x", -25.0, 25.0, 1.0}, {"y", -35.0, 35.0, 1.0}, {"z", 0.0, 55.0, 20.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there",
          .exponents = {{.values = {0.9056, 0.0, -14.5723},
                         .tolerance = 0.03,
                         .source =
                             "Sprott, Common chaotic systems; sum exact: -(sigma + 1 + beta)"}},
      },
      0.005,
      0.02);
}

}  // namespace chaosense
