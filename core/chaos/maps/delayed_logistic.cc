// The delayed logistic map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct DelayedLogistic {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [a] = p;
    const auto& [x, y] = s;
    return {a * x * (1.0 - y), x};
  }
};

}  // namespace

MapEntry DelayedLogisticMap() {
  return MakeMapEntry<DelayedLogistic>({
      .name = "delayed_logistic",
      .summary = "Delayed logistic map",
      .equation = "x' = a x (1 - y), y' = x",
      .source = "Aronson, Chory, Hall, McGehee, Commun. Math. Phys. 83 (1982) 303",
      .parameters = {{"a", 2.27, 0.0, 2.271, "chaotic near 2.27"}},
      .state = {{"x", 0.0, 1.1, 0.9}, {"y", 0.0, 1.1, 0.9}},
      .domain_note = "orbits from outside the basin of the attractor escape to infinity; the box "
                     "holds the attractor",
      .exponents = {{.values = {0.18312, -1.24199},
                     .tolerance = 0.01,
                     .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
  });
}

}  // namespace chaosense
