// The two-dimensional logistic ICMIC cascade map (2D-LICM).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Licm {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [a, k] = p;
    const auto& [x, y] = s;
    const T next_x = detmath::Sin(21.0 / (a * (y + 3.0) * k * x * (1.0 - k * x)));
    return {next_x, detmath::Sin(21.0 / (a * (k * next_x + 3.0) * y * (1.0 - y)))};
  }
};

}  // namespace

MapEntry LicmMap() {
  return MakeMapEntry<Licm>({
      .name = "2d_licm",
      .summary = "Two-dimensional logistic ICMIC cascade map",
      .equation =
          "x' = sin(21 / (a (y + 3) k x (1 - k x))), y' = sin(21 / (a (k x' + 3) y (1 - y)))",
      .source = "Cao, Sun, Liu, Signal Process. 143 (2018) 122",
      .parameters = {{"a", 0.6, 0.1, 1.0, "hyperchaotic at a = 0.6, k = 0.8"},
                     {"k", 0.8, 0.1, 1.0, ""}},
      .state = {{"x", -1.0, 1.0, 0.3}, {"y", -1.0, 1.0, 0.4}},
      .domain_note = "x = 0 and y = 0, 1 have no successor (the state becomes NaN)",
      .exponents = {{.values = {5.393, 2.805},
                     .tolerance = 0.03,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
