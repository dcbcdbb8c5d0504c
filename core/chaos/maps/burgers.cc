// The Burgers map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Burgers {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [a, b] = p;
    const auto& [x, y] = s;
    return {a * x - y * y, b * y + x * y};
  }
};

}  // namespace

MapEntry BurgersMap() {
  return MakeMapEntry<Burgers>({
      .name = "burgers",
      .summary = "Burgers map",
      .equation = "x' = a x - y^2, y' = b y + x y",
      .source = "Whitehead, Macdonald, Physica D 13 (1984) 401; Sprott (2003), appendix A",
      .parameters = {{"a", 0.75, 0.5, 0.8, "chaotic at a = 0.75, b = 1.75"},
                     {"b", 1.75, 1.0, 1.8, ""}},
      .state = {{"x", -2.8, 0.2, -0.1}, {"y", -1.3, 1.3, 0.1}},
      .domain_note = "orbits from outside the basin of the attractor escape to infinity; the box "
                     "holds the attractor",
      .exponents = {{.values = {0.1208},
                     .tolerance = 0.01,
                     .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
  });
}

}  // namespace chaosense
