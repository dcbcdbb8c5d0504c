// The hyperchaotic Chen system.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct HyperChen {
  static constexpr size_t kDimension = 4;
  static constexpr size_t kParameters = 6;

  template <typename P, typename T>
  static std::array<T, 4> Rate(const std::array<P, 6>& p, const std::array<T, 4>& s) {
    const auto& [a, b, c, d, r, h] = p;
    const auto& [x, y, z, w] = s;
    return {a * (y - x) + w, d * x - x * z + c * y, x * y - b * z, y * z + r * w};
  }
};

}  // namespace

MapEntry HyperChenMap() {
  return MakeFlowEntry<HyperChen>(
      {
          .name = "hyper_chen",
          .summary = "Hyperchaotic Chen system (flow)",
          .equation = "dx/dt = a (y - x) + w, dy/dt = d x - x z + c y, dz/dt = x y - b z, dw/dt = "
                      "y z + r w",
          .source = "Gao, Chen, Gu, Physica A / Phys. Lett. A (2006)",
          .parameters = {{"a", 35.0, 20.0, 40.0, "hyperchaotic at 35, 3, 12, 7, 0.5"},
                         {"b", 3.0, 0.0, 10.0, ""},
                         {"c", 12.0, 0.0, 28.0, ""},
                         {"d", 7.0, 0.0, 20.0, ""},
                         {"r", 0.5, 0.0, 0.8, ""}},
          .state = {{"x", -40.0, 40.0, 1.0},
                    {"y", -40.0, 40.0, 1.0},
                    {"z", -10.0, 70.0, 20.0},
                    {"w", -350.0, 350.0, 1.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there or escape to infinity",
          .exponents = {{.values = {0.534, 0.115, 0.0, -26.15},
                         .tolerance = 0.08,
                         .source = "measured in double over 4e6 steps and more"}},
      },
      0.002,
      0.004);
}

}  // namespace chaosense
