// Coupled map lattices: copies of a one-dimensional map on a ring, coupled to their neighbours,
//   x_i' = (1 - epsilon) f(x_i) + epsilon / 2 (f(x_{i-1}) + f(x_{i+1})).
// A lattice's file holds only f: `static T At(const P& parameter, const T& x)`.
#ifndef CHAOSENSE_CORE_CHAOS_LATTICE_H_
#define CHAOSENSE_CORE_CHAOS_LATTICE_H_

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "core/chaos/map_of.h"

namespace chaosense {

inline constexpr size_t kLatticeSites = 8;

template <typename LocalMap>
struct RingLattice {
  static constexpr size_t kDimension = kLatticeSites;
  static constexpr size_t kParameters = 2;  // f's, epsilon

  template <typename P, typename T>
  static std::array<T, kDimension> Next(const std::array<P, 2>& p,
                                        const std::array<T, kDimension>& s) {
    const auto& [parameter, epsilon] = p;
    std::array<T, kDimension> local;
    for (size_t i = 0; i < kDimension; ++i) local[i] = LocalMap::At(parameter, s[i]);
    std::array<T, kDimension> next;
    for (size_t i = 0; i < kDimension; ++i) {
      const T& left = local[(i + kDimension - 1) % kDimension];
      const T& right = local[(i + 1) % kDimension];
      next[i] = (1.0 - epsilon) * local[i] + epsilon / 2.0 * (left + right);
    }
    return next;
  }
};

// x0 .. x7 in [0, 1], all different at the start (equal sites would stay equal).
inline std::vector<MapVariable> LatticeState() {
  std::vector<MapVariable> state;
  const std::array<double, kLatticeSites> initial = {
      0.1, 0.217, 0.334, 0.451, 0.568, 0.685, 0.802, 0.919};
  for (const double start : initial) {
    state.push_back({"x" + std::to_string(state.size()), 0.0, 1.0, start});
  }
  return state;
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_LATTICE_H_
