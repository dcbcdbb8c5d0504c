// The Nose-Hoover oscillator (Sprott's case A).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct NoseHoover {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 1>&, const std::array<T, 3>& s) {
    const auto& [x, y, z] = s;
    return {y, -x + y * z, 1.0 - y * y};
  }
};

}  // namespace

MapEntry NoseHooverMap() {
  return MakeFlowEntry<NoseHoover>(
      {
          .name = "nose_hoover",
          .summary = "Nose-Hoover oscillator (conservative flow)",
          .equation = "dx/dt = y, dy/dt = -x + y z, dz/dt = 1 - y^2",
          .source = "Posch, Hoover, Vesely, Phys. Rev. A 33 (1986) 4253",
          .state = {{"x", -6.0, 6.0, 0.0}, {"y", -6.0, 6.0, 5.0}, {"z", -6.0, 6.0, 0.0}},
          .domain_note = "the box holds the chaotic sea of the start; other starts lie on tori",
          .exponents = {{.values = {0.0138, 0.0, -0.0138},
                         .tolerance = 0.01,
                         .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
      },
      0.01,
      0.05);
}

}  // namespace chaosense
