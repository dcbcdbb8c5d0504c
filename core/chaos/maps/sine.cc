// The sine map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Sine {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [mu] = p;
    const auto& [x] = s;
    return {mu * detmath::SinPi(x)};
  }
};

}  // namespace

MapEntry SineMap() {
  return MakeMapEntry<Sine>({
      .name = "sine",
      .summary = "Sine map",
      .equation = "x' = mu sin(pi x)",
      .source = "folklore",
      .parameters = {{"mu", 0.99, 0.0, 1.0, "chaotic for most mu above 0.87"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.parameters = {{"mu", 1.0}},
                     .values = {0.68907},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    {.values = {0.59911},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"}},
  });
}

}  // namespace chaosense
