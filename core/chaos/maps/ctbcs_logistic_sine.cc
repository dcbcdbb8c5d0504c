// The logistic-sine map of the cosine-transform-based chaotic system (CTBCS).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct CtbcsLogisticSine {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [r] = p;
    const auto& [x] = s;
    return {detmath::CosPi(4.0 * r * x * (1.0 - x) + (1.0 - r) * detmath::SinPi(x) - 0.5)};
  }
};

}  // namespace

MapEntry CtbcsLogisticSineMap() {
  return MakeMapEntry<CtbcsLogisticSine>({
      .name = "ctbcs_logistic_sine",
      .summary = "Cosine-transform-based system of the logistic and sine maps",
      .equation = "x' = cos(pi (4 r x (1 - x) + (1 - r) sin(pi x) - 0.5))",
      .source = "Hua, Zhou, Huang, Inf. Sci. 480 (2019) 403",
      .parameters = {{"r", 0.9, 0.0, 1.0, "chaotic everywhere"}},
      .state = {{"x", -1.0, 1.0, 0.4}},
      .exponents = {{.parameters = {{"r", 0.2}},
                     .values = {1.3798},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"r", 0.5}},
                     .values = {1.3818},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"},
                    {.values = {1.383},
                     .tolerance = 0.01,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
