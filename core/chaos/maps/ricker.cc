// Ricker's population model.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Ricker {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [a] = p;
    const auto& [x] = s;
    return {a * x * detmath::Exp(-x)};
  }
};

}  // namespace

MapEntry RickerMap() {
  return MakeMapEntry<Ricker>({
      .name = "ricker",
      .summary = "Ricker population model",
      .equation = "x' = a x exp(-x)",
      .source = "Ricker, J. Fish. Res. Board Can. 11 (1954) 559",
      .parameters = {{"a", 20.0, 1.0, 60.0, "chaotic for most a above 14.77"}},
      .state = {{"x", 0.0, 23.0, 0.1}},
      .exponents = {{.values = {0.384846},
                     .tolerance = 0.005,
                     .source = "Sprott, Chaos and Time-Series Analysis (2003), appendix A"}},
  });
}

}  // namespace chaosense
