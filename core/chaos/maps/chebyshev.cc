// The Chebyshev map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Chebyshev {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [k] = p;
    const auto& [x] = s;
    return {detmath::Cos(k * detmath::Acos(x))};
  }
};

}  // namespace

MapEntry ChebyshevMap() {
  return MakeMapEntry<Chebyshev>({
      .name = "chebyshev",
      .summary = "Chebyshev map",
      .equation = "x' = cos(k acos x)",
      .source = "Geisel, Fairen, Phys. Lett. A 105 (1984) 263",
      .parameters = {{"k", 4.0, 2.0, 64.0, "chaotic everywhere; exponent ln k"}},
      .state = {{"x", -1.0, 1.0, 0.3}},
      .exponents = {{.values = {1.386294}, .tolerance = 0.005, .source = "exact: ln k"}},
  });
}

}  // namespace chaosense
