// The two-dimensional logistic map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Logistic2d {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [r] = p;
    const auto& [x, y] = s;
    const T next_x = r * (3.0 * y + 1.0) * x * (1.0 - x);
    return {next_x, r * (3.0 * next_x + 1.0) * y * (1.0 - y)};
  }
};

}  // namespace

MapEntry Logistic2dMap() {
  return MakeMapEntry<Logistic2d>({
      .name = "2d_logistic",
      .summary = "Two-dimensional logistic map",
      .equation = "x' = r (3 y + 1) x (1 - x), y' = r (3 x' + 1) y (1 - y)",
      .source = "Wu, Yang, Jin, Noonan, J. Electron. Imaging 21 (2012) 013014",
      .parameters = {{"r", 1.19, 0.0, 1.19, "chaotic in [1.11, 1.19]"}},
      .state = {{"x", 0.0, 1.0, 0.3}, {"y", 0.0, 1.0, 0.4}},
      .domain_note = "above r = 1 the box holds the attractor only: r (3 y + 1) x (1 - x) exceeds "
                     "1 near x = 1/2, y = 1, and such orbits may escape to infinity",
      .exponents = {{.values = {0.37, -0.365},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
