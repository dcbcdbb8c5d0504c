// The tent-sine system (TSS).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Tss {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [r] = p;
    const auto& [x] = s;
    return {detmath::FractionalPart(r * Select(x < 0.5, x, 1.0 - x) / 2.0 +
                                    (4.0 - r) * detmath::SinPi(x) / 4.0)};
  }
};

}  // namespace

MapEntry TssMap() {
  return MakeMapEntry<Tss>({
      .name = "tss",
      .summary = "Tent-sine system",
      .equation = "x' = r min(x, 1 - x) / 2 + (4 - r) sin(pi x) / 4 mod 1",
      .source = "Zhou, Bao, Chen, Signal Process. 97 (2014) 172",
      .parameters = {{"r", 3.9, 0.0, 4.0, "chaotic everywhere"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.parameters = {{"r", 0.3}},
                     .values = {0.691},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"r", 2.0}},
                     .values = {0.689},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    {.values = {0.693},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
