// The Chen system.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct Chen {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 4;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 4>& p, const std::array<T, 3>& s) {
    const auto& [a, b, c, h] = p;
    const auto& [x, y, z] = s;
    return {a * (y - x), (c - a) * x - x * z + c * y, x * y - b * z};
  }
};

}  // namespace

MapEntry ChenMap() {
  return MakeFlowEntry<Chen>(
      {
          .name = "chen",
          .summary = "Chen system (flow)",
          .equation = "dx/dt = a (y - x), dy/dt = (c - a) x - x z + c y, dz/dt = x y - b z",
          .source = "Chen, Ueta, Int. J. Bifurc. Chaos 9 (1999) 1465",
          .parameters = {{"a", 35.0, 20.0, 40.0, "chaotic at 35, 3, 28"},
                         {"b", 3.0, 0.0, 10.0, ""},
                         {"c", 28.0, 10.0, 30.0, ""}},
          .state = {{"x", -35.0, 35.0, 1.0}, {"y", -40.0, 40.0, 1.0}, {"z", 0.0, 60.0, 20.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there",
          .exponents = {{.values = {2.018, 0.0, -12.017},
                         .tolerance = 0.05,
                         .source = "measured in double over 4e6 steps and more"}},
      },
      0.002,
      0.005);
}

}  // namespace chaosense
