// The hyperchaotic Roessler system.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct HyperRoessler {
  static constexpr size_t kDimension = 4;
  static constexpr size_t kParameters = 5;

  template <typename P, typename T>
  static std::array<T, 4> Rate(const std::array<P, 5>& p, const std::array<T, 4>& s) {
    const auto& [a, b, c, d, h] = p;
    const auto& [x, y, z, w] = s;
    return {-y - z, x + a * y + w, b + x * z, -c * z + d * w};
  }
};

}  // namespace

MapEntry HyperRoesslerMap() {
  return MakeFlowEntry<HyperRoessler>(
      {
          .name = "hyper_roessler",
          .summary = "Hyperchaotic Roessler system (flow)",
          .equation = "dx/dt = -y - z, dy/dt = x + a y + w, dz/dt = b + x z, dw/dt = -c z + d w",
          .source = "Roessler, Phys. Lett. A 71 (1979) 155",
          .parameters = {{"a", 0.25, 0.0, 0.3, "hyperchaotic at 0.25, 3, 0.5, 0.05"},
                         {"b", 3.0, 0.0, 5.0, ""},
                         {"c", 0.5, 0.0, 1.0, ""},
                         {"d", 0.05, 0.0, 0.1, ""}},
          .state = {{"x", -150.0, 30.0, -20.0},
                    {"y", -80.0, 60.0, 0.0},
                    {"z", -1.0, 300.0, 0.0},
                    {"w", 0.0, 120.0, 15.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there or escape to infinity",
          .exponents = {{.values = {0.11, 0.022, 0.0, -25.13},
                         .tolerance = 0.6,
                         .source = "measured in double over 4e6 steps and more"}},
      },
      0.005,
      0.01);
}

}  // namespace chaosense
