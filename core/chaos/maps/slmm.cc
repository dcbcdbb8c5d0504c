// The two-dimensional sine logistic modulation map (2D-SLMM).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Slmm {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [alpha, beta] = p;
    const auto& [x, y] = s;
    const T next_x = alpha * (detmath::SinPi(y) + beta) * x * (1.0 - x);
    return {next_x, alpha * (detmath::SinPi(next_x) + beta) * y * (1.0 - y)};
  }
};

}  // namespace

MapEntry SlmmMap() {
  return MakeMapEntry<Slmm>({
      .name = "2d_slmm",
      .summary = "Two-dimensional sine logistic modulation map",
      .equation =
          "x' = alpha (sin(pi y) + beta) x (1 - x), y' = alpha (sin(pi x') + beta) y (1 - y)",
      .source = "Hua, Zhou, Pun, Chen, Inf. Sci. 297 (2015) 80",
      .parameters = {{"alpha", 1.0, 0.0, 1.0, "hyperchaotic for most alpha above 0.905 (beta = 3)"},
                     {"beta", 3.0, 0.0, 3.0, "3 in the paper"}},
      .state = {{"x", 0.0, 1.0, 0.3}, {"y", 0.0, 1.0, 0.4}},
      .exponents = {{.parameters = {{"alpha", 0.95}},
                     .values = {0.281, 0.160},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"},
                    {.values = {0.461, 0.161},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
