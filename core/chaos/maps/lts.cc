// The logistic-tent system (LTS).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Lts {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [r] = p;
    const auto& [x] = s;
    const T logistic = r * x * (1.0 - x);
    return {detmath::FractionalPart(logistic + (4.0 - r) * Select(x < 0.5, x, 1.0 - x) / 2.0)};
  }
};

}  // namespace

MapEntry LtsMap() {
  return MakeMapEntry<Lts>({
      .name = "lts",
      .summary = "Logistic-tent system",
      .equation = "x' = r x (1 - x) + (4 - r) min(x, 1 - x) / 2 mod 1",
      .source = "Zhou, Bao, Chen, Signal Process. 97 (2014) 172",
      .parameters = {{"r", 3.9, 0.0, 4.0, "chaotic everywhere above 0"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.parameters = {{"r", 0.3}},
                     .values = {0.692},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"r", 2.0}},
                     .values = {0.679},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    {.values = {0.691},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
