// The Sinai map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Sinai {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [delta] = p;
    const auto& [x, y] = s;
    return {detmath::FractionalPart(x + y + delta * detmath::CosPi(2.0 * y)),
            detmath::FractionalPart(x + 2.0 * y)};
  }
};

}  // namespace

MapEntry SinaiMap() {
  return MakeMapEntry<Sinai>({
      .name = "sinai",
      .summary = "Sinai map",
      .equation = "x' = x + y + delta cos(2 pi y) mod 1, y' = x + 2 y mod 1",
      .source = "Sinai, Russ. Math. Surv. 27 (1972) 21",
      .parameters = {{"delta", 0.1, 0.0, 0.5, "chaotic everywhere"}},
      .state = {{"x", 0.0, 1.0, 0.5}, {"y", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {0.95946, -1.07714},
                     .tolerance = 0.01,
                     .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
  });
}

}  // namespace chaosense
