// The cubic map.
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Cubic {
  static constexpr size_t kDimension = 1;
  double rho;
  explicit Cubic(const MapValues& values) : rho(values.at("rho")) {}

  template <typename T>
  std::array<T, 1> Next(const std::array<T, 1>& s) const {
    const T& x = s[0];
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
  });
}

}  // namespace chaosense
