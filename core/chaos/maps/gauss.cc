// The Gauss map of continued fractions.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Gauss {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 0;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 0>&, const std::array<T, 1>& s) {
    const auto& [x] = s;
    return {detmath::FractionalPart(1.0 / x)};
  }
};

}  // namespace

MapEntry GaussMap() {
  return MakeMapEntry<Gauss>({
      .name = "gauss",
      .summary = "Gauss (continued fraction) map",
      .equation = "x' = frac(1 / x)",
      .source = "Gauss; exponent pi^2 / (6 ln 2)",
      .state = {{"x", 0.0, 1.0, 0.4142135623}},
      .domain_note =
          "x = 0 has no successor (the state becomes NaN): an orbit ends where 1 / x is an integer",
      .exponents = {{.values = {2.373138}, .tolerance = 0.01, .source = "exact: pi^2 / (6 ln 2)"}},
  });
}

}  // namespace chaosense
