// The two-dimensional sine ICMIC modulation map (2D-SIMM).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Simm {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 3;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 3>& p, const std::array<T, 2>& s) {
    const auto& [a, b, omega] = p;
    const auto& [x, y] = s;
    const T next_x = a * detmath::Sin(omega * y) * detmath::Sin(b / x);
    return {next_x, a * detmath::Sin(omega * next_x) * detmath::Sin(b / y)};
  }
};

}  // namespace

MapEntry SimmMap() {
  return MakeMapEntry<Simm>({
      .name = "2d_simm",
      .summary = "Two-dimensional sine ICMIC modulation map",
      .equation = "x' = a sin(omega y) sin(b / x), y' = a sin(omega x') sin(b / y)",
      .source = "Liu, Sun, Zhu, Opt. Lasers Eng. 84 (2016) 26",
      .parameters = {{"a", 1.0, 0.1, 4.0, ""},
                     {"b", 5.0, 0.1, 20.0, "hyperchaotic at a = 1, b = 5, omega = pi"},
                     {"omega", 0x1.921fb54442d18p+1, 0.1, 10.0, "pi in the paper"}},
      .state = {{"x", -4.0, 4.0, 0.3}, {"y", -4.0, 4.0, 0.4}},
      .domain_note = "orbits stay in [-a, a] squared; x = 0 and y = 0 have no successor (the state "
                     "becomes NaN)",
      .exponents = {{.values = {4.185, 2.955},
                     .tolerance = 0.03,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
