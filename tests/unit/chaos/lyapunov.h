// Lyapunov exponents, for checking maps against published values.
#ifndef CHAOSENSE_TESTS_UNIT_CHAOS_LYAPUNOV_H_
#define CHAOSENSE_TESTS_UNIT_CHAOS_LYAPUNOV_H_

#include <vector>

#include "core/chaos/map.h"

namespace chaosense {

// All exponents (nats a step, of flows nats per unit of time), largest first where the orbit sorts
// them: products of Jacobians along the orbit from `initial` (empty: the map's), re-orthonormalised
// by Gram-Schmidt at every step; the first tenth is not counted.
std::vector<double> LyapunovExponents(const ChaoticMap& map,
                                      int steps,
                                      std::vector<double> initial = {});

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_CHAOS_LYAPUNOV_H_
