// The Kaplan-Yorke (Lyapunov) dimension of an attractor.
#ifndef CHAOSENSE_CORE_ANALYSIS_KAPLAN_YORKE_H_
#define CHAOSENSE_CORE_ANALYSIS_KAPLAN_YORKE_H_

#include <vector>

namespace chaosense {

// j + (l_1 + ... + l_j) / |l_{j+1}| with the largest j whose sum is not negative; 0 if the largest
// exponent is negative; the dimension of the space if no sum is negative. `exponents`: any order.
// NaN if one is NaN. Kaplan, Yorke, Lect. Notes Math. 730 (1979) 204.
double KaplanYorkeDimension(std::vector<double> exponents);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_KAPLAN_YORKE_H_
