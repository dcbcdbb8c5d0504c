// The Henon map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Henon {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [a, b] = p;
    const auto& [x, y] = s;
    return {1.0 - a * x * x + y, b * x};
  }
};

}  // namespace

MapEntry HenonMap() {
  return MakeMapEntry<Henon>({
      .name = "henon",
      .summary = "Henon map",
      .equation =
          "x' = 1 - a x^2 + y, y' = b x (orbits from outside the basin near 0 escape to infinity)",
      .source = "Henon, Commun. Math. Phys. 50 (1976) 69",
      .parameters = {{"a", 1.4, 0.0, 1.42, "chaotic at a = 1.4, b = 0.3"},
                     {"b", 0.3, 0.0, 0.31, ""}},
      .state = {{"x", -1.5, 1.5, 0.1}, {"y", -0.45, 0.45, 0.1}},
      .exponents = {{.values = {0.41922, -1.62319},
                     .tolerance = 0.005,
                     .source = "Sprott, Common chaotic systems"}},
  });
}

}  // namespace chaosense
