// Halvorsen's cyclically symmetric attractor.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct Halvorsen {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 2>& p, const std::array<T, 3>& s) {
    const auto& [a, h] = p;
    const auto& [x, y, z] = s;
    return {-a * x - 4.0 * y - 4.0 * z - y * y,
            -a * y - 4.0 * z - 4.0 * x - z * z,
            -a * z - 4.0 * x - 4.0 * y - x * x};
  }
};

}  // namespace

MapEntry HalvorsenMap() {
  return MakeFlowEntry<Halvorsen>(
      {
          .name = "halvorsen",
          .summary = "Halvorsen attractor (flow)",
          .equation = "dx/dt = -a x - 4 y - 4 z - y^2, dy/dt and dz/dt by cyclic exchange",
          .source = "Sprott, Chaos and Time-Series Analysis (2003)",
          .parameters = {{"a", 1.27, 1.2, 2.0, "chaotic at 1.27"}},
          .state = {{"x", -14.0, 8.0, -5.0}, {"y", -14.0, 8.0, 0.0}, {"z", -14.0, 8.0, 0.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there or escape to infinity",
          .exponents = {{.values = {0.7899, 0.0, -4.5999},
                         .tolerance = 0.03,
                         .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
      },
      0.005,
      0.02);
}

}  // namespace chaosense
