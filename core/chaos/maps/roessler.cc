// The Roessler system.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct Roessler {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 4;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 4>& p, const std::array<T, 3>& s) {
    const auto& [a, b, c, h] = p;
    const auto& [x, y, z] = s;
    return {-y - z, x + a * y, b + z * (x - c)};
  }
};

}  // namespace

MapEntry RoesslerMap() {
  return MakeFlowEntry<Roessler>(
      {
          .name = "roessler",
          .summary = "Roessler system (flow)",
          .equation = "dx/dt = -y - z, dy/dt = x + a y, dz/dt = b + z (x - c)",
          .source = "Roessler, Phys. Lett. A 57 (1976) 397",
          .parameters = {{"a", 0.2, 0.0, 0.4, "chaotic at 0.2, 0.2, 5.7"},
                         {"b", 0.2, 0.0, 2.0, ""},
                         {"c", 5.7, 0.0, 20.0, ""}},
          .state = {{"x", -15.0, 20.0, 1.0}, {"y", -15.0, 15.0, 1.0}, {"z", 0.0, 40.0, 1.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there or escape to infinity",
          .exponents = {{.values = {0.0714, 0.0, -5.3943},
                         .tolerance = 0.01,
                         .source = "Sprott, Common chaotic systems"}},
      },
      0.01,
      0.05);
}

}  // namespace chaosense
