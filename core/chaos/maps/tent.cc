// The tent map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Tent {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [mu] = p;
    const auto& [x] = s;
    return {Select(x < 0.5, mu * x, mu * (1.0 - x))};
  }
};

}  // namespace

MapEntry TentMap() {
  return MakeMapEntry<Tent>({
      .name = "tent",
      .summary = "Tent map",
      .equation = "x' = mu min(x, 1 - x)",
      .source = "folklore; collapse: Li, nlin/0405038",
      .parameters = {{"mu",
                      1.9999,
                      0.0,
                      2.0,
                      "chaotic above 1; mu = 2 reaches 0 within 54 steps in doubles"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {0.693097}, .tolerance = 1e-6, .source = "exact: ln mu"}},
  });
}

}  // namespace chaosense
