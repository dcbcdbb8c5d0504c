// The two-dimensional logistic-adjusted sine map (2D-LASM).
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Lasm {
  static constexpr size_t kDimension = 2;
  double mu;
  explicit Lasm(const MapValues& values) : mu(values.at("mu")) {}

  template <typename T>
  std::array<T, 2> Next(const std::array<T, 2>& s) const {
    const T& x = s[0];
    const T& y = s[1];
    const T next_x = detmath::SinPi(mu * (y + 3.0) * x * (1.0 - x));
    return {next_x, detmath::SinPi(mu * (next_x + 3.0) * y * (1.0 - y))};
  }
};

}  // namespace

MapEntry LasmMap() {
  return MakeMapEntry<Lasm>({
      .name = "2d_lasm",
      .summary = "Two-dimensional logistic-adjusted sine map",
      .equation = "x' = sin(pi mu (y + 3) x (1 - x)), y' = sin(pi mu (x' + 3) y (1 - y))",
      .source = "Hua, Zhou, Inf. Sci. 339 (2016) 237",
      .parameters =
          {{"mu",
            0.9,
            0.0,
            1.0,
            "hyperchaotic at 0.5, 0.8, 0.9; periodic from 0.94 to 0.995, where it is advertised"}},
      .state = {{"x", 0.0, 1.0, 0.3}, {"y", 0.0, 1.0, 0.4}},
  });
}

}  // namespace chaosense
