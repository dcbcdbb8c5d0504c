// The cubic map of Holmes (double-well Duffing map).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct HolmesCubic {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [b, d] = p;
    const auto& [x, y] = s;
    return {y, -b * x + d * y - y * y * y};
  }
};

}  // namespace

MapEntry HolmesCubicMap() {
  return MakeMapEntry<HolmesCubic>({
      .name = "holmes_cubic",
      .summary = "Cubic map of Holmes",
      .equation = "x' = y, y' = -b x + d y - y^3",
      .source = "Holmes, Philos. Trans. R. Soc. A 292 (1979) 419",
      .parameters = {{"b", 0.2, 0.0, 0.3, "chaotic at b = 0.2, d = 2.77"},
                     {"d", 2.77, 2.0, 2.8, ""}},
      .state = {{"x", -1.8, 1.8, 1.6}, {"y", -1.8, 1.8, 0.0}},
      .domain_note = "orbits from outside the basin of the attractor escape to infinity; the box "
                     "holds the attractor",
      .exponents = {{.values = {0.59458, -2.20402},
                     .tolerance = 0.01,
                     .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
  });
}

}  // namespace chaosense
