// A ring of eight diffusively coupled piecewise linear chaotic maps.
#include "core/chaos/builtin_maps.h"
#include "core/chaos/map_of.h"

namespace chaosense {
namespace {

// Sites on a ring.
constexpr size_t kSites = 8;

template <typename P, typename T>
T Local(const P& r, const T& x) {
  const T y = Select(x < 0.5, x, 1.0 - x);
  return Select(y < r, y / r, (y - r) / (0.5 - r));
}

struct CmlPwlcm {
  static constexpr size_t kDimension = 8;
  static constexpr size_t kParameters = 2;

  template <typename P, typename T>
  static std::array<T, 8> Next(const std::array<P, 2>& p, const std::array<T, 8>& s) {
    const auto& [local_parameter, epsilon] = p;
    std::array<T, kSites> local;
    for (size_t i = 0; i < kSites; ++i) local[i] = Local<P, T>(local_parameter, s[i]);
    std::array<T, kSites> next;
    for (size_t i = 0; i < kSites; ++i) {
      next[i] = (1.0 - epsilon) * local[i] +
                epsilon / 2.0 * (local[(i + kSites - 1) % kSites] + local[(i + 1) % kSites]);
    }
    return next;
  }
};

}  // namespace

MapEntry CmlPwlcmMap() {
  return MakeMapEntry<CmlPwlcm>({
      .name = "cml_pwlcm",
      .summary = "Ring of eight diffusively coupled piecewise linear chaotic maps",
      .equation = "x_i' = (1 - epsilon) f(x_i) + epsilon / 2 (f(x_{i-1}) + f(x_{i+1})), f(x) = "
                  "PWLCM with width p, i on a ring of 8",
      .source = "Kaneko, Prog. Theor. Phys. 72 (1984) 480",
      .parameters = {{"p", 0.3, 0.01, 0.49, "chaotic everywhere"},
                     {"epsilon", 0.1, 0.0, 1.0, "coupling"}},
      .state = {{"x0", 0.0, 1.0, 0.1},
                {"x1", 0.0, 1.0, 0.217},
                {"x2", 0.0, 1.0, 0.334},
                {"x3", 0.0, 1.0, 0.451},
                {"x4", 0.0, 1.0, 0.568},
                {"x5", 0.0, 1.0, 0.685},
                {"x6", 0.0, 1.0, 0.802},
                {"x7", 0.0, 1.0, 0.919}},
      .exponents = {{.values = {1.3115, 1.3053, 1.2988, 1.2923, 1.2855, 1.2786, 1.2721, 1.2659},
                     .tolerance = 0.01,
                     .source = "an independent program with derivatives by hand"}},
  });
}

}  // namespace chaosense
