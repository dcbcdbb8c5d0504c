// The cusp map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Cusp {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [a] = p;
    const auto& [x] = s;
    return {1.0 - a * detmath::Sqrt(detmath::Abs(x))};
  }
};

}  // namespace

MapEntry CuspMap() {
  return MakeMapEntry<Cusp>({
      .name = "cusp",
      .summary = "Cusp map",
      .equation = "x' = 1 - a sqrt(|x|)",
      .source = "Hemmer, J. Phys. A 17 (1984) L247",
      .parameters = {{"a", 2.0, 0.0, 2.0, "chaotic at 2, where the exponent is 1/2"}},
      .state = {{"x", -1.0, 1.0, 0.5}},
      .exponents = {{.values = {0.5},
                     .tolerance = 0.01,
                     .source = "exact: 1/2 (Sprott 2003, appendix A)"}},
  });
}

}  // namespace chaosense
