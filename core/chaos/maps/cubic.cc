// The cubic map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Cubic {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [rho] = p;
    const auto& [x] = s;
    return {rho * x * (1.0 - x * x)};
  }
};

}  // namespace

MapEntry CubicMap() {
  return MakeMapEntry<Cubic>({
      .name = "cubic",
      .summary = "Cubic map",
      .equation = "x' = rho x (1 - x^2)",
      .source = "folklore",
      .parameters = {{"rho", 2.59, 0.0, 2.598, "chaotic for most rho in (2.3, 2.598)"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {0.64822},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
