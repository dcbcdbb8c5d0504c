// The sine map.
#include "core/chaos/builtin_maps.h"

namespace chaosense {
namespace {

struct Sine {
  static constexpr size_t kDimension = 1;
  double mu;
  explicit Sine(const MapValues& values) : mu(values.at("mu")) {}

  template <typename T>
  std::array<T, 1> Next(const std::array<T, 1>& s) const {
    return {mu * detmath::SinPi(s[0])};
  }
};

}  // namespace

MapEntry SineMap() {
  return MakeMapEntry<Sine>({
      .name = "sine",
      .summary = "Sine map",
      .equation = "x' = mu sin(pi x)",
      .source = "folklore",
      .parameters = {{"mu", 0.99, 0.0, 1.0, "chaotic for most mu above 0.87"}},
      .state = {{"x", 0.0, 1.0, 0.4}},
  });
}

}  // namespace chaosense
