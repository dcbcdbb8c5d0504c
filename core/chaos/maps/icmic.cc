// The iterative chaotic map with infinite collapses (ICMIC).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Icmic {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [a] = p;
    const auto& [x] = s;
    return {detmath::Sin(a / x)};
  }
};

}  // namespace

MapEntry IcmicMap() {
  return MakeMapEntry<Icmic>({
      .name = "icmic",
      .summary = "Iterative chaotic map with infinite collapses",
      .equation = "x' = sin(a / x)",
      .source = "He, He, Jiang, Zhu, Hu, Acta Phys. Sin. 50 (2001)",
      .parameters = {{"a", 3.0, 0.1, 20.0, "chaotic for most a"}},
      .state = {{"x", -1.0, 1.0, 0.3}},
      .domain_note = "x = 0 has no successor (the state becomes NaN)",
      .exponents = {{.values = {2.726},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
