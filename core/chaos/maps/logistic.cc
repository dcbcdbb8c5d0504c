// The logistic map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Logistic {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [r] = p;
    const auto& [x] = s;
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
      .exponents = {{.parameters = {{"r", 4.0}},
                     .values = {0.693147},
                     .tolerance = 0.005,
                     .source = "exact: ln 2"},
                    {.parameters = {{"r", 3.99}},
                     .values = {0.63977},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"r", 3.9}},
                     .values = {0.49618},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    // A window: must be negative.
                    {.parameters = {{"r", 3.5}},
                     .values = {-0.87251},
                     .tolerance = 0.001,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
