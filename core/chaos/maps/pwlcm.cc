// The piecewise linear chaotic map.
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Pwlcm {
  static constexpr size_t kDimension = 1;
  double p;
  explicit Pwlcm(const MapValues& values) : p(values.at("p")) {}

  template <typename T>
  std::array<T, 1> Next(const std::array<T, 1>& s) const {
    const T x = s[0] < T(0.5) ? s[0] : 1.0 - s[0];
    return {x < T(p) ? x / p : (x - p) / (0.5 - p)};
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
  });
}

}  // namespace chaosense
