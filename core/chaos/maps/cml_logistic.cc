// A ring of eight diffusively coupled logistic maps.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/lattice.h"

namespace chaosense {
namespace {

struct CmlLogistic {
  template <typename P, typename T>
  static T At(const P& r, const T& x) {
    return r * x * (1.0 - x);
  }
};

}  // namespace

MapEntry CmlLogisticMap() {
  return MakeMapEntry<RingLattice<CmlLogistic>>({
      .name = "cml_logistic",
      .summary = "Ring of eight coupled logistic maps",
      .equation = "x_i' = (1 - epsilon) f(x_i) + epsilon / 2 (f(x_{i-1}) + f(x_{i+1})) on a ring "
                  "of 8, f(x) = r x (1 - x)",
      .source = "Kaneko, Prog. Theor. Phys. 72 (1984) 480",
      .parameters = {{"r", 3.99, 0.0, 4.0, "chaotic near 4 for most epsilon"},
                     {"epsilon", 0.1, 0.0, 1.0, "coupling"}},
      .state = LatticeState(),
      .exponents = {{.values = {0.4331, 0.4190, 0.4039, 0.3873, 0.3663, 0.3405, 0.3040, 0.2499},
                     .tolerance = 0.01,
                     .source = "an independent program with derivatives by hand"}},
  });
}

}  // namespace chaosense
