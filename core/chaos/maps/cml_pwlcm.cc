// A ring of eight diffusively coupled piecewise linear chaotic maps.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/lattice.h"

namespace chaosense {
namespace {

struct CmlPwlcm {
  template <typename P, typename T>
  static T At(const P& p, const T& x) {
    const T y = Select(x < 0.5, x, 1.0 - x);
    return Select(y < p, y / p, (y - p) / (0.5 - p));
  }
};

}  // namespace

MapEntry CmlPwlcmMap() {
  return MakeMapEntry<RingLattice<CmlPwlcm>>({
      .name = "cml_pwlcm",
      .summary = "Ring of eight coupled piecewise linear chaotic maps",
      .equation = "x_i' = (1 - epsilon) f(x_i) + epsilon / 2 (f(x_{i-1}) + f(x_{i+1})) on a ring "
                  "of 8, f = pwlcm of width p",
      .source = "Kaneko, Prog. Theor. Phys. 72 (1984) 480",
      .parameters = {{"p", 0.3, 0.01, 0.49, "chaotic everywhere"},
                     {"epsilon", 0.1, 0.0, 1.0, "coupling"}},
      .state = LatticeState(),
      .exponents = {{.values = {1.3115, 1.3053, 1.2988, 1.2923, 1.2855, 1.2786, 1.2721, 1.2659},
                     .tolerance = 0.01,
                     .source = "an independent program with derivatives by hand"}},
  });
}

}  // namespace chaosense
