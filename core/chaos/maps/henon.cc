// The Henon map.
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Henon {
  static constexpr size_t kDimension = 2;
  double a;
  double b;
  explicit Henon(const MapValues& values) : a(values.at("a")), b(values.at("b")) {}

  template <typename T>
  std::array<T, 2> Next(const std::array<T, 2>& s) const {
    const T& x = s[0];
    const T& y = s[1];
    return {1.0 - a * x * x + y, b * x};
  }
};

}  // namespace

MapEntry HenonMap() {
  return MakeMapEntry<Henon>({
      .name = "henon",
      .summary = "Henon map",
      .equation =
          "x' = 1 - a x^2 + y, y' = b x (orbits from outside the basin near 0 escape to infinity)",
      .source = "Henon, Commun. Math. Phys. 50 (1976) 69",
      .parameters = {{"a", 1.4, 0.0, 1.42, "chaotic at a = 1.4, b = 0.3"},
                     {"b", 0.3, 0.0, 0.31, ""}},
      .state = {{"x", -1.5, 1.5, 0.1}, {"y", -0.45, 0.45, 0.1}},
  });
}

}  // namespace chaosense
