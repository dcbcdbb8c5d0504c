// The Lozi map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Lozi {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [a, b] = p;
    const auto& [x, y] = s;
    return {1.0 - a * detmath::Abs(x) + y, b * x};
  }
};

}  // namespace

MapEntry LoziMap() {
  return MakeMapEntry<Lozi>({
      .name = "lozi",
      .summary = "Lozi map",
      .equation = "x' = 1 - a |x| + y, y' = b x",
      .source = "Lozi, J. Phys. Colloq. 39 (1978) C5-9",
      .parameters = {{"a", 1.7, 0.0, 1.8, "chaotic at a = 1.7, b = 0.5"},
                     {"b", 0.5, 0.0, 0.55, ""}},
      .state = {{"x", -1.5, 1.5, 0.1}, {"y", -0.75, 0.75, 0.1}},
      .domain_note = "orbits from outside the basin of the attractor escape to infinity; the box "
                     "holds the attractor",
      .exponents = {{.values = {0.47016, -1.16331},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
