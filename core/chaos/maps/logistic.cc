// The logistic map.
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Logistic {
  static constexpr size_t kDimension = 1;
  double r;
  explicit Logistic(const MapValues& values) : r(values.at("r")) {}

  template <typename T>
  std::array<T, 1> Next(const std::array<T, 1>& s) const {
    const T& x = s[0];
    // r * x first: (r x)(1 - x) and r (x (1 - x)) round differently and give different orbits.
    return {r * x * (1.0 - x)};
  }
};

}  // namespace

MapEntry LogisticMap() {
  return MakeMapEntry<Logistic>({
      .name = "logistic",
      .summary = "Logistic map",
      .equation = "x' = r x (1 - x)",
      .source = "May, Nature 261 (1976) 459",
      .parameters =
          {{"r",
            3.99,
            0.0,
            4.0,
            "chaotic for most r above 3.57; r = 4 falls into short cycles or 0 in doubles"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
  });
}

}  // namespace chaosense
