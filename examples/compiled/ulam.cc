// The quadratic map of Ulam and von Neumann.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Ulam {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;
  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    return {1.0 - p[0] * s[0] * s[0]};
  }
};

}  // namespace

MapEntry UlamMap() {
  return MakeMapEntry<Ulam>({.name = "ulam",
                             .summary = "Quadratic map",
                             .equation = "x' = 1 - a x^2",
                             .source = "Ulam, von Neumann, Bull. Amer. Math. Soc. 53 (1947) 1120",
                             .parameters = {{"a", 2, 1.41, 2, "exponent ln 2 at a = 2"}},
                             .state = {{"x", -1, 1, 0.3}},
                             .exponents = {{.values = {0.693147}, .tolerance = 0.005, .source = "ln 2"}}});
}

}  // namespace chaosense
