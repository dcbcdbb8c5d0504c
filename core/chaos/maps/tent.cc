// The tent map.
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Tent {
  static constexpr size_t kDimension = 1;
  double mu;
  explicit Tent(const MapValues& values) : mu(values.at("mu")) {}

  template <typename T>
  std::array<T, 1> Next(const std::array<T, 1>& s) const {
    const T& x = s[0];
    return {x < T(0.5) ? mu * x : mu * (1.0 - x)};
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
  });
}

}  // namespace chaosense
