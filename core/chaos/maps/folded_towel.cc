// The folded-towel map of Roessler.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct FoldedTowel {
  static constexpr size_t kDimension = 3;
  static constexpr size_t kParameters = 3;

  template <typename P, typename T>
  static std::array<T, 3> Next(const std::array<P, 3>& p, const std::array<T, 3>& s) {
    const auto& [a, b, c] = p;
    const auto& [x, y, z] = s;
    const T fold = (y + 0.35) * (1.0 - 2.0 * z);
    return {a * x * (1.0 - x) - 0.05 * fold,
            0.1 * (fold - 1.0) * (1.0 - 1.9 * x),
            c * z * (1.0 - z) + b * y};
  }
};

}  // namespace

MapEntry FoldedTowelMap() {
  return MakeMapEntry<FoldedTowel>({
      .name = "folded_towel",
      .summary = "Folded-towel map",
      .equation = "x' = a x (1 - x) - 0.05 (y + 0.35)(1 - 2 z), y' = 0.1 ((y + 0.35)(1 - 2 z) - "
                  "1)(1 - 1.9 x), z' = c z (1 - z) + b y",
      .source = "Roessler, Phys. Lett. A 71 (1979) 155",
      .parameters = {{"a", 3.8, 0.0, 3.8, "hyperchaotic at the defaults"},
                     {"b", 0.2, 0.0, 0.22, ""},
                     {"c", 3.78, 0.0, 3.78, ""}},
      .state = {{"x", -0.1, 1.1, 0.085}, {"y", -0.3, 0.3, -0.121}, {"z", -0.1, 1.1, 0.075}},
      .domain_note = "orbits from outside the basin of the attractor escape to infinity; the box "
                     "holds the attractor",
      .exponents = {{.values = {0.432, 0.372, -3.296},
                     .tolerance = 0.01,
                     .source = "Datseris, Parlitz, Nonlinear Dynamics (2022), towel map"}},
  });
}

}  // namespace chaosense
