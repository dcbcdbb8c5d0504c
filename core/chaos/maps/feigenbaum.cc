// The quadratic map in Feigenbaum's form.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Feigenbaum {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [a] = p;
    const auto& [x] = s;
    return {1.0 - a * x * x};
  }
};

}  // namespace

MapEntry FeigenbaumMap() {
  return MakeMapEntry<Feigenbaum>({
      .name = "feigenbaum",
      .summary = "Quadratic map of Feigenbaum",
      .equation = "x' = 1 - a x^2",
      .source = "Feigenbaum, J. Stat. Phys. 19 (1978) 25",
      .parameters =
          {{"a", 1.9, 0.0, 2.0, "period doubling ends at 1.401155; chaotic for most a above"}},
      .state = {{"x", -1.0, 1.0, 0.3}},
      .exponents = {{.parameters = {{"a", 2.0}},
                     .values = {0.693147},
                     .tolerance = 0.005,
                     .source = "exact: ln 2"}},
  });
}

}  // namespace chaosense
