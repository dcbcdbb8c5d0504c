// Arnold's cat map on the unit torus.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct ArnoldCat {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 0;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 0>&, const std::array<T, 2>& s) {
    const auto& [x, y] = s;
    return {detmath::FractionalPart(x + y), detmath::FractionalPart(x + 2.0 * y)};
  }
};

}  // namespace

MapEntry ArnoldCatMap() {
  return MakeMapEntry<ArnoldCat>({
      .name = "arnold_cat",
      .summary = "Arnold cat map",
      .equation = "x' = x + y mod 1, y' = x + 2 y mod 1 (in doubles a permutation of a grid, so "
                  "every orbit is periodic)",
      .source = "Arnold, Avez, Problemes ergodiques (1967)",
      .state = {{"x", 0.0, 1.0, 0.1}, {"y", 0.0, 1.0, 0.7}},
      .exponents = {{.values = {0.962424, -0.962424},
                     .tolerance = 0.0001,
                     .source = "exact: ln((3 + sqrt 5) / 2)"}},
  });
}

}  // namespace chaosense
