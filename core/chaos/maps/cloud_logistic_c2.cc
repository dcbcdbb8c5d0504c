// Cloud-logistic compound system C2: OUR INTERPRETATION, a variant of cloud.h.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/cloud_drop.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct CloudLogisticC2 {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 3;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 3>& p, const std::array<T, 2>& s) {
    const auto& [r, entropy, hyper] = p;
    const auto& [u, v] = s;
    const T next_u = r * u * (1.0 - u);
    const T next_v = r * v * (1.0 - v);
    const auto [z1, z2] = NormalPair(u, v);
    const auto [z3, z4] = NormalPair(next_u, next_v);
    return {detmath::FractionalPart(next_u + (entropy + hyper * z1) * z3),
            detmath::FractionalPart(next_v + (entropy + hyper * z2) * z4)};
  }
};

}  // namespace

MapEntry CloudLogisticC2Map() {
  return MakeMapEntry<CloudLogisticC2>({
      .name = "cloud_logistic_c2",
      .summary = "Cloud-logistic compound system C2 (OUR INTERPRETATION)",
      .equation = "u1 = r u (1 - u), v1 alike; (z1, z2) = Box-Muller of (u, v) whitened, (z3, z4) "
                  "of (u1, v1); u' = frac(u1 + (En + He z1) z3), v' = frac(v1 + (En + He z2) z4): "
                  "the logistic output is the cloud's expectation, the drop is the next state",
      .source = "OUR INTERPRETATION of \"two-dimensional cloud model and Logistic\" (Acta Phys. "
                "Sin. 69 (2020) 20201019, whose equations are not available to us)",
      .parameters = {{"r", 3.9999, 3.6, 4.0, ""},
                     {"En", 1.0, 0.5, 1.5, "entropy"},
                     {"He", 0.1, 0.0, 0.15, "hyper-entropy"}},
      .state = {{"u", 0.0, 1.0, 0.3}, {"v", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {1.682, 1.166},
                     .tolerance = 0.02,
                     .source = "an independent program with difference quotients"}},
  });
}

}  // namespace chaosense
