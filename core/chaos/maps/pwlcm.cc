// The piecewise linear chaotic map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Pwlcm {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [half_width] = p;
    const T x = Select(s[0] < 0.5, s[0], 1.0 - s[0]);
    return {Select(x < half_width, x / half_width, (x - half_width) / (0.5 - half_width))};
  }
};

}  // namespace

MapEntry PwlcmMap() {
  return MakeMapEntry<Pwlcm>({
      .name = "pwlcm",
      .summary = "Piecewise linear chaotic map (four branches)",
      .equation = "x' = x / p for x < p, (x - p) / (0.5 - p) for p <= x < 0.5, f(1 - x) from there",
      .source = "Zhou, Ling (1997); Lyapunov exponent -2 (p ln p + (0.5 - p) ln(0.5 - p))",
      .parameters = {{"p",
                      0.3,
                      0.01,
                      0.49,
                      "chaotic everywhere; p = 0.25 collapses to 0 in binary arithmetic"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {1.366158848},
                     .tolerance = 0.005,
                     .source = "exact: -2 (p ln p + (0.5 - p) ln(0.5 - p))"}},
  });
}

}  // namespace chaosense
