// Thomas' cyclically symmetric attractor.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct Thomas {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 2>& p, const std::array<T, 3>& s) {
    const auto& [b, h] = p;
    const auto& [x, y, z] = s;
    return {-b * x + detmath::Sin(y), -b * y + detmath::Sin(z), -b * z + detmath::Sin(x)};
  }
};

}  // namespace

MapEntry ThomasMap() {
  return MakeFlowEntry<Thomas>(
      {
          .name = "thomas",
          .summary = "Thomas cyclically symmetric attractor (flow)",
          .equation = "dx/dt = -b x + sin y, dy/dt = -b y + sin z, dz/dt = -b z + sin x",
          .source = "Thomas, Int. J. Bifurc. Chaos 9 (1999) 1889",
          .parameters = {{"b", 0.18, 0.05, 0.4, "chaotic at 0.18"}},
          .state = {{"x", -5.0, 5.0, 0.1}, {"y", -5.0, 5.0, 0.0}, {"z", -5.0, 5.0, 0.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there",
          .exponents = {{.values = {0.0349, 0.0, -0.5749},
                         .tolerance = 0.01,
                         .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
      },
      0.05,
      0.1);
}

}  // namespace chaosense
