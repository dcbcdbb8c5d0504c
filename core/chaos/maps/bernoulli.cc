// The Bernoulli shift with any slope (Renyi map).
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

struct Bernoulli {
  static constexpr size_t kDimension = 1;
  static constexpr size_t kParameters = 1;

  template <typename P, typename T>
  static std::array<T, 1> Next(const std::array<P, 1>& p, const std::array<T, 1>& s) {
    const auto& [beta] = p;
    const auto& [x] = s;
    return {detmath::FractionalPart(beta * x)};
  }
};

}  // namespace

MapEntry BernoulliMap() {
  return MakeMapEntry<Bernoulli>({
      .name = "bernoulli",
      .summary = "Bernoulli shift (Renyi beta map)",
      .equation = "x' = beta x mod 1",
      .source = "Renyi, Acta Math. Hung. 8 (1957) 477",
      .parameters =
          {{"beta",
            1.9,
            1.001,
            64.0,
            "chaotic everywhere, exponent ln beta; powers of 2 shift the bits out and reach 0"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
      .exponents = {{.values = {0.641854}, .tolerance = 1e-06, .source = "exact: ln beta"}},
  });
}

}  // namespace chaosense
