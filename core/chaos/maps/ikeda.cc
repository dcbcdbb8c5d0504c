// The Ikeda map of a ring cavity.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Ikeda {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [u] = p;
    const auto& [x, y] = s;
    const T t = 0.4 - 6.0 / (1.0 + x * x + y * y);
    const T sine = detmath::Sin(t);
    const T cosine = detmath::Cos(t);
    return {1.0 + u * (x * cosine - y * sine), u * (x * sine + y * cosine)};
  }
};

}  // namespace

MapEntry IkedaMap() {
  return MakeMapEntry<Ikeda>({
      .name = "ikeda",
      .summary = "Ikeda map",
      .equation = "x' = 1 + u (x cos t - y sin t), y' = u (x sin t + y cos t), t = 0.4 - 6 / (1 + "
                  "x^2 + y^2)",
      .source = "Ikeda, Opt. Commun. 30 (1979) 257; Hammel, Jones, Moloney, J. Opt. Soc. Am. B 2 "
                "(1985) 552",
      .parameters = {{"u", 0.9, 0.0, 0.95, "chaotic at 0.9"}},
      .state = {{"x", -2.0, 3.0, 0.1}, {"y", -4.0, 2.0, 0.1}},
      .domain_note = "the box holds the attractor at u = 0.9; every orbit enters the disc of "
                     "radius u / (1 - u) around (1, 0)",
      .exponents = {{.values = {0.50737, -0.71809},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
