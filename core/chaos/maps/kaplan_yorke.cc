// The Kaplan-Yorke map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct KaplanYorke {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [a, b] = p;
    const auto& [x, y] = s;
    return {detmath::FractionalPart(a * x), b * y + detmath::CosPi(2.0 * x)};
  }
};

}  // namespace

MapEntry KaplanYorkeMap() {
  return MakeMapEntry<KaplanYorke>({
      .name = "kaplan_yorke",
      .summary = "Kaplan-Yorke map",
      .equation = "x' = a x mod 1, y' = b y + cos(2 pi x)",
      .source = "Kaplan, Yorke, Lect. Notes Math. 730 (1979) 204",
      .parameters = {{"a", 1.9, 1.001, 16.0, "exponent ln a; powers of 2 shift the bits of x out"},
                     {"b", 0.2, 0.0, 0.9, "exponent ln b"}},
      .state = {{"x", 0.0, 1.0, 0.3}, {"y", -10.0, 10.0, 0.1}},
      .exponents = {{.values = {0.641854, -1.609438},
                     .tolerance = 1e-05,
                     .source = "exact: ln a, ln b"}},
  });
}

}  // namespace chaosense
