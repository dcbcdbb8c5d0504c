// The hyperchaotic Lorenz system.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct HyperLorenz {
  static constexpr size_t kDimension = 4;
  static constexpr size_t kParameters = 5;

  template <typename P, typename T>
  static std::array<T, 4> Rate(const std::array<P, 5>& p, const std::array<T, 4>& s) {
    const auto& [a, b, c, r, h] = p;
    const auto& [x, y, z, w] = s;
    return {a * (y - x) + w, c * x - y - x * z, x * y - b * z, -y * z + r * w};
  }
};

}  // namespace

MapEntry HyperLorenzMap() {
  return MakeFlowEntry<HyperLorenz>(
      {
          .name = "hyper_lorenz",
          .summary = "Hyperchaotic Lorenz system (flow)",
          .equation =
              "dx/dt = a (y - x) + w, dy/dt = c x - y - x z, dz/dt = x y - b z, dw/dt = -y z + r w",
          .source = "Wang, Wang, Physica A 387 (2008) 3751",
          .parameters = {{"a", 10.0, 0.0, 20.0, ""},
                         {"b", 8.0 / 3.0, 0.0, 10.0, ""},
                         {"c", 28.0, 0.0, 100.0, ""},
                         {"r", -1.0, -6.5, 0.2, "hyperchaotic in (-1.52, -0.06]"}},
          .state = {{"x", -40.0, 40.0, 1.0},
                    {"y", -60.0, 60.0, 1.0},
                    {"z", -5.0, 80.0, 20.0},
                    {"w", -250.0, 250.0, 1.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there",
          .exponents = {{.values = {0.36, 0.16, 0.0, -15.186},
                         .tolerance = 0.05,
                         .source = "measured in double over 4e6 steps and more"}},
      },
      0.002,
      0.01);
}

}  // namespace chaosense
