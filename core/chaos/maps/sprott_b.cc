// Case B of Sprott's simple chaotic flows.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct SprottB {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 1>&, const std::array<T, 3>& s) {
    const auto& [x, y, z] = s;
    return {y * z, x - y, 1.0 - x * y};
  }
};

}  // namespace

MapEntry SprottBMap() {
  return MakeFlowEntry<SprottB>(
      {
          .name = "sprott_b",
          .summary = "Sprott case B (flow)",
          .equation = "dx/dt = y z, dy/dt = x - y, dz/dt = 1 - x y",
          .source = "Sprott, Phys. Rev. E 50 (1994) R647",
          .state = {{"x", -12.0, 12.0, 0.05}, {"y", -8.0, 8.0, 0.05}, {"z", -12.0, 12.0, 0.05}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there",
          .exponents = {{.values = {0.2101, 0.0, -1.2101},
                         .tolerance = 0.02,
                         .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
      },
      0.01,
      0.05);
}

}  // namespace chaosense
