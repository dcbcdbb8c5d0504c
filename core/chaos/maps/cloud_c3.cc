// Iterated cloud map C3: OUR INTERPRETATION, a variant of cloud.h.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/cloud_drop.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct CloudC3 {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 6;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 6>& p, const std::array<T, 2>& s) {
    const auto& [ex_x, en_x, he_x, ex_y, en_y, he_y] = p;
    const auto& [x, y] = s;
    const auto [z1, z2] = NormalPair(x, y);
    return {detmath::FractionalPart(ex_x + (en_x + he_x * z2) * z1),
            detmath::FractionalPart(ex_y + (en_y + he_y * z1) * z2)};
  }
};

}  // namespace

MapEntry CloudC3Map() {
  return MakeMapEntry<CloudC3>({
      .name = "cloud_c3",
      .summary = "Iterated two-dimensional cloud map C3 (OUR INTERPRETATION)",
      .equation = "(z1, z2) = Box-Muller of (x, y) whitened; x' = frac(Ex_x + (En_x + He_x z2) "
                  "z1), y' = frac(Ex_y + (En_y + He_y z1) z2)",
      .source = "OUR INTERPRETATION of \"two-dimensional cloud model and Logistic\" (Acta Phys. "
                "Sin. 69 (2020) 20201019, whose equations are not available to us)",
      .parameters = {{"Ex_x", 0.3, -1.0, 1.0, "expectation"},
                     {"En_x", 1.0, 0.5, 1.5, "entropy"},
                     {"He_x", 0.1, 0.0, 0.15, "hyper-entropy"},
                     {"Ex_y", -0.2, -1.0, 1.0, ""},
                     {"En_y", 1.1, 0.5, 1.5, ""},
                     {"He_y", 0.05, 0.0, 0.15, ""}},
      .state = {{"x", 0.0, 1.0, 0.3}, {"y", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {1.474, 0.963},
                     .tolerance = 0.02,
                     .source = "an independent program with difference quotients"}},
  });
}

}  // namespace chaosense
