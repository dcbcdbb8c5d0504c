// The 0-1 test for chaos of a series: 1 chaotic, 0 regular.
#ifndef CHAOSENSE_CORE_ANALYSIS_ZERO_ONE_H_
#define CHAOSENSE_CORE_ANALYSIS_ZERO_ONE_H_

#include <cstdint>
#include <span>

namespace chaosense {

// The median of K_c over `frequencies` values c in (pi / 5, 4 pi / 5), drawn by `seed`: the
// correlation of the mean square displacement D_c(n), n <= N / 10, with n, where D_c is freed of
// its oscillation. At least 100 values, not oversampled (decimate flows first, DecimationOf).
// Gottwald, Melbourne, Physica D 212 (2005) 100; SIAM J. Appl. Dyn. Syst. 8 (2009) 129.
double ZeroOneTest(std::span<const double> series, int frequencies = 100, uint64_t seed = 0);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_ZERO_ONE_H_
