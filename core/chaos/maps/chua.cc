// Chua's circuit with a piecewise linear diode.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/flow.h"

namespace chaosense {
namespace {

struct Chua {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 5;

  template <typename P, typename T>
  static std::array<T, 3> Rate(const std::array<P, 5>& p, const std::array<T, 3>& s) {
    const auto& [alpha, beta, a, b, h] = p;
    const auto& [x, y, z] = s;
    const T current = -b * x - (a - b) / 2.0 * (detmath::Abs(x + 1.0) - detmath::Abs(x - 1.0));
    return {alpha * (y - x - current), x - y + z, -beta * y};
  }
};

}  // namespace

MapEntry ChuaMap() {
  return MakeFlowEntry<Chua>(
      {
          .name = "chua",
          .summary = "Chua circuit (flow)",
          .equation = "dx/dt = alpha (y - x - f(x)), dy/dt = x - y + z, dz/dt = -beta y, f(x) = -b "
                      "x - (a - b) / 2 (|x + 1| - |x - 1|)",
          .source = "Matsumoto, Chua, Komuro, IEEE Trans. Circuits Syst. 32 (1985) 797",
          .parameters = {{"alpha", 9.0, 0.0, 20.0, "double scroll at the defaults"},
                         {"beta", 100.0 / 7.0, 0.0, 40.0, ""},
                         {"a", 8.0 / 7.0, 0.0, 2.0, "inner slope (negated)"},
                         {"b", 5.0 / 7.0, 0.0, 2.0, "outer slope (negated)"}},
          .state = {{"x", -4.0, 4.0, 0.7}, {"y", -1.0, 1.0, 0.0}, {"z", -6.0, 6.0, 0.0}},
          .domain_note = "the box holds the attractor at the defaults; orbits that start elsewhere "
                         "may leave it on their way there or escape to infinity",
          .exponents = {{.values = {0.3271, 0.0, -2.5197},
                         .tolerance = 0.02,
                         .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
      },
      0.01,
      0.05);
}

}  // namespace chaosense
