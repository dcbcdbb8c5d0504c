// The discrete memristor map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Memristor {
  static constexpr size_t kDimension = 2;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 2> Next(const std::array<P, 1>& p, const std::array<T, 2>& s) {
    const auto& [k] = p;
    const auto& [x, q] = s;
    return {k * x * (q * q - 1.0), q + x};
  }
};

}  // namespace

MapEntry MemristorMap() {
  return MakeMapEntry<Memristor>({
      .name = "memristor",
      .summary = "Discrete memristor map (quadratic memristance)",
      .equation = "x' = k x (q^2 - 1), q' = q + x",
      .source = "Bao, Li, Wu, Chen, Xu, Discrete memristor hyperchaotic maps, IEEE Trans. Circuits "
                "Syst. I 68 (2021); equation from memory of the paper",
      .parameters = {{"k", 1.78, 0.0, 1.94, "chaotic at 1.78; escapes from about 1.96"}},
      .state = {{"x", -2.0, 2.0, -0.5}, {"q", -1.1, 1.1, 0.5}},
      .domain_note = "the box holds the attractor at k = 1.78; orbits that start far out escape to "
                     "infinity. (x = 0 is a line of fixed points)",
      .exponents = {{.values = {0.2703},
                     .tolerance = 0.01,
                     .source = "an independent program with derivatives by hand"}},
  });
}

}  // namespace chaosense
