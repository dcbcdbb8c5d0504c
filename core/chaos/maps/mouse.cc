// The Gauss iterated ("mouse") map.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Mouse {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 2>& p, const std::array<T, 1>& s) {
    const auto& [alpha, beta] = p;
    const auto& [x] = s;
    return {detmath::Exp(-alpha * x * x) + beta};
  }
};

}  // namespace

MapEntry MouseMap() {
  return MakeMapEntry<Mouse>({
      .name = "mouse",
      .summary = "Gauss iterated map (mouse map)",
      .equation = "x' = exp(-alpha x^2) + beta",
      .source = "Hilborn, Chaos and Nonlinear Dynamics (2000)",
      .parameters =
          {{"alpha", 6.2, 0.0, 20.0, "chaotic at alpha = 6.2, beta = -0.5; periodic at 4.9, -0.58"},
           {"beta", -0.5, -1.0, 1.0, ""}},
      .state = {{"x", -1.0, 2.0, 0.1}},
      .exponents = {{.values = {0.38348},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more"},
                    {.parameters = {{"alpha", 4.9}, {"beta", -0.58}},
                     .values = {-0.054},
                     .tolerance = 0.005,
                     .source = "measured in double over 4e6 steps and more; periodic"}},
  });
}

}  // namespace chaosense
