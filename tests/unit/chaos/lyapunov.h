// Lyapunov exponents, for checking maps against published values.
#ifndef CHAOSENSE_TESTS_UNIT_CHAOS_LYAPUNOV_H_
#define CHAOSENSE_TESTS_UNIT_CHAOS_LYAPUNOV_H_

#include <vector>

#include "core/chaos/map.h"

namespace chaosense {

// All exponents (nats a step), largest first where the orbit sorts them: products of Jacobians
// along the orbit from the map's initial state, re-orthonormalised by Gram-Schmidt at every step;
// the first tenth is not counted.
std::vector<double> LyapunovExponents(const ChaoticMap& map, int steps);

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_CHAOS_LYAPUNOV_H_
