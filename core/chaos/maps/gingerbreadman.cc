// The gingerbreadman map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Gingerbreadman {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 0;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 0>&, const std::array<T, 2>& s) {
    const auto& [x, y] = s;
    return {1.0 + detmath::Abs(x) - y, x};
  }
};

}  // namespace

MapEntry GingerbreadmanMap() {
  return MakeMapEntry<Gingerbreadman>({
      .name = "gingerbreadman",
      .summary = "Gingerbreadman map (area-preserving)",
      .equation = "x' = 1 + |x| - y, y' = x",
      .source = "Devaney, Physica D 10 (1984) 387",
      .state = {{"x", -4.0, 9.0, 0.5}, {"y", -4.0, 9.0, 3.7}},
      .domain_note = "the box holds the chaotic region of the start; regular islands and further "
                     "rings lie in and around it",
      .exponents = {{.values = {0.07339, -0.07339},
                     .tolerance = 0.01,
                     .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
  });
}

}  // namespace chaosense
