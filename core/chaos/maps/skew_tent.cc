// The skew tent map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct SkewTent {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [peak] = p;
    const auto& [x] = s;
    return {Select(x < peak, x / peak, (1.0 - x) / (1.0 - peak))};
  }
};

}  // namespace

MapEntry SkewTentMap() {
  return MakeMapEntry<SkewTent>({
      .name = "skew_tent",
      .summary = "Skew tent map",
      .equation = "x' = x / p for x < p, else (1 - x) / (1 - p)",
      .source = "folklore; Lyapunov exponent -p ln p - (1 - p) ln(1 - p)",
      .parameters = {{"p",
                      0.3,
                      0.01,
                      0.99,
                      "chaotic everywhere; p = 0.5 is the tent map and collapses to 0"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {0.6108643021},
                     .tolerance = 0.005,
                     .source = "exact: -p ln p - (1 - p) ln(1 - p)"}},
  });
}

}  // namespace chaosense
