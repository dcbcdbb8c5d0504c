// A logistic map coupled to a discrete memristor.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct MemristorLogistic {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 2>& p, const std::array<T, 2>& s) {
    const auto& [mu, k] = p;
    const auto& [x, q] = s;
    // cos(q) has period 2 pi: the reduction changes nothing but keeps q bounded.
    return {mu * x * (1.0 - x) + k * detmath::Cos(q) * x, detmath::Mod(q + x, 2.0 * detmath::kPi)};
  }
};

}  // namespace

MapEntry MemristorLogisticMap() {
  return MakeMapEntry<MemristorLogistic>({
      .name = "memristor_logistic",
      .summary = "Memristor-coupled logistic map (cosine memristance)",
      .equation = "x' = mu x (1 - x) + k cos(q) x, q' = q + x mod 2 pi",
      .source = "Hua and others, IEEE Trans. Circuits Syst. (2021-2022); equation from memory of "
                "the papers",
      .parameters = {{"mu", 0.1, 0.0, 4.0, ""}, {"k", 2.0, 0.0, 3.0, "chaotic at mu = 0.1, k = 2"}},
      .state = {{"x", -4.0, 4.0, 0.5}, {"q", 0.0, 6.2831854, 0.5}},
      .domain_note = "the box holds the attractor at the defaults; at other parameters orbits may "
                     "escape to infinity or end in x = 0",
      .exponents = {{.values = {0.299},
                     .tolerance = 0.01,
                     .source = "an independent program with derivatives by hand"}},
  });
}

}  // namespace chaosense
