// The Tinkerbell map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Tinkerbell {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 4;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 4>& p, const std::array<T, 2>& s) {
    const auto& [a, b, c, d] = p;
    const auto& [x, y] = s;
    return {x * x - y * y + a * x + b * y, 2.0 * x * y + c * x + d * y};
  }
};

}  // namespace

MapEntry TinkerbellMap() {
  return MakeMapEntry<Tinkerbell>({
      .name = "tinkerbell",
      .summary = "Tinkerbell map",
      .equation = "x' = x^2 - y^2 + a x + b y, y' = 2 x y + c x + d y",
      .source = "Nusse, Yorke, Dynamics: Numerical Explorations (1997)",
      .parameters = {{"a", 0.9, 0.5, 1.0, "chaotic at 0.9, -0.6, 2, 0.5"},
                     {"b", -0.6, -0.7, -0.5, ""},
                     {"c", 2.0, 1.5, 2.1, ""},
                     {"d", 0.5, 0.2, 0.6, ""}},
      .state = {{"x", -1.4, 0.6, 0.0}, {"y", -1.7, 0.7, 0.5}},
      .domain_note = "orbits from outside the basin of the attractor escape to infinity; the box "
                     "holds the attractor",
      .exponents = {{.values = {0.1899, -0.5209},
                     .tolerance = 0.01,
                     .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
  });
}

}  // namespace chaosense
