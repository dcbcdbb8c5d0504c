// The two-dimensional logistic-adjusted sine map (2D-LASM).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Lasm {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [mu] = p;
    const auto& [x, y] = s;
    const T next_x = detmath::SinPi(mu * (y + 3.0) * x * (1.0 - x));
    return {next_x, detmath::SinPi(mu * (next_x + 3.0) * y * (1.0 - y))};
  }
};

}  // namespace

MapEntry LasmMap() {
  return MakeMapEntry<Lasm>({
      .name = "2d_lasm",
      .summary = "Two-dimensional logistic-adjusted sine map",
      .equation = "x' = sin(pi mu (y + 3) x (1 - x)), y' = sin(pi mu (x' + 3) y (1 - y))",
      .source = "Hua, Zhou, Inf. Sci. 339 (2016) 237",
      .parameters =
          {{"mu",
            0.9,
            0.0,
            1.0,
            "hyperchaotic at 0.5, 0.8, 0.9; periodic from 0.94 to 0.995, where it is advertised"}},
      .state = {{"x", 0.0, 1.0, 0.3}, {"y", 0.0, 1.0, 0.4}},
      .exponents = {{.parameters = {{"mu", 0.8}},
                     .values = {0.983, 0.837},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"mu", 0.5}},
                     .values = {0.504, 0.375},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"},
                    {.values = {1.063, 0.659},
                     .tolerance = 0.01,
                     .source = "an independent program with derivatives by hand"}},
  });
}

}  // namespace chaosense
