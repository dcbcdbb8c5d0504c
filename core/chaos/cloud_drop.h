// Normal deviates from two orbits with the logistic map's density, on every scalar: what the cloud
// maps C2 and C3 are made of (see cloud.h).
#ifndef CHAOSENSE_CORE_CHAOS_CLOUD_DROP_H_
#define CHAOSENSE_CORE_CHAOS_CLOUD_DROP_H_

#include <array>

#include "core/chaos/scalars.h"

namespace chaosense {

// theta = (2 / pi) asin(sqrt(u)), which is uniform if u has the density 1 / (pi sqrt(u (1 - u))),
// kept within [2^-53, 1 - 2^-53] so that its logarithm is finite and not 0.
template <typename T>
T Whitened(const T& u) {
  const T theta = 2.0 / detmath::kPi * detmath::Asin(detmath::Sqrt(u));
  return detmath::Max(detmath::Min(theta, T(1.0 - 0x1p-53)), T(0x1p-53));
}

// Box-Muller: two normal deviates.
template <typename T>
std::array<T, 2> NormalPair(const T& u, const T& v) {
  const T radius = detmath::Sqrt(-2.0 * detmath::Log(Whitened(u)));
  const T turns = 2.0 * Whitened(v);
  return {radius * detmath::CosPi(turns), radius * detmath::SinPi(turns)};
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_CLOUD_DROP_H_
