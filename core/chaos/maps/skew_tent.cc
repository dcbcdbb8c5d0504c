// The skew tent map.
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct SkewTent {
  static constexpr size_t kDimension = 1;
  double p;
  explicit SkewTent(const MapValues& values) : p(values.at("p")) {}

  template <typename T>
  std::array<T, 1> Next(const std::array<T, 1>& s) const {
    const T& x = s[0];
    return {x < T(p) ? x / p : (1.0 - x) / (1.0 - p)};
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
  });
}

}  // namespace chaosense
