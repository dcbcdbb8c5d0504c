// The standard map of Chirikov and Taylor.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Standard {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [k] = p;
    const auto& [theta, momentum] = s;
    const T next = detmath::Mod(momentum + k * detmath::Sin(theta), 2.0 * detmath::kPi);
    return {detmath::Mod(theta + next, 2.0 * detmath::kPi), next};
  }
};

}  // namespace

MapEntry StandardMap() {
  return MakeMapEntry<Standard>({
      .name = "standard",
      .summary = "Standard map (Chirikov, Taylor)",
      .equation = "p' = p + K sin(theta) mod 2 pi, theta' = theta + p' mod 2 pi",
      .source = "Chirikov, Phys. Rep. 52 (1979) 263",
      .parameters =
          {{"K",
            5.0,
            0.0,
            20.0,
            "mixed below about 5: whether an orbit is chaotic depends on where it starts"}},
      .state = {{"theta", 0.0, 6.2831854, 0.5}, {"p", 0.0, 6.2831854, 0.5}},
      .exponents = {{.parameters = {{"K", 1.0}},
                     .values = {0.106, -0.106},
                     .tolerance = 0.06,  // orbits stick to islands for 10^5 steps
                     .source = "measured in double over 4e6 steps and more",
                     .initial = {0.001, 0.008}},
                    {.parameters = {{"K", 1.0}},
                     .values = {0.0, 0.0},
                     .tolerance = 0.001,
                     .source = "measured in double over 4e6 steps and more; a regular island",
                     .initial = {1.0, 1.0}},
                    {.values = {0.976, -0.976},
                     .tolerance = 0.02,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"K", 10.0}},
                     .values = {1.62, -1.62},
                     .tolerance = 0.02,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
