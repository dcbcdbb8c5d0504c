// The Rabinovich-Fabrikant system.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct RabinovichFabrikant {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 3;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 3>& p, const std::array<T, 3>& s) {
    const auto& [gamma, alpha, h] = p;
    const auto& [x, y, z] = s;
    return {y * (z - 1.0 + x * x) + gamma * x,
            x * (3.0 * z + 1.0 - x * x) + gamma * y,
            -2.0 * z * (alpha + x * y)};
  }
};

}  // namespace

MapEntry RabinovichFabrikantMap() {
  return MakeFlowEntry<RabinovichFabrikant>(
      {
          .name = "rabinovich_fabrikant",
          .summary = "Rabinovich-Fabrikant system (flow)",
          .equation = "dx/dt = y (z - 1 + x^2) + gamma x, dy/dt = x (3 z + 1 - x^2) + gamma y, "
                      "dz/dt = -2 z (alpha + x y)",
          .source = "Rabinovich, Fabrikant, Sov. Phys. JETP 50 (1979) 311",
          .parameters = {{"gamma", 0.87, 0.1, 1.0, "chaotic at 0.87, 1.1"},
                         {"alpha", 1.1, 0.5, 1.2, ""}},
          .state = {{"x", -3.0, 3.0, -1.0}, {"y", -3.0, 4.0, 0.0}, {"z", 0.0, 4.0, 0.5}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there or escape to infinity",
          .exponents = {{.values = {0.1981, 0.0, -0.6581},
                         .tolerance = 0.02,
                         .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
      },
      0.005,
      0.02);
}

}  // namespace chaosense
