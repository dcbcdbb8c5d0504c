// The bytes that ciphers take from an orbit's reals, and how far they are from uniform.
#ifndef CHAOSENSE_CORE_ANALYSIS_QUANTISER_H_
#define CHAOSENSE_CORE_ANALYSIS_QUANTISER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/chaos/map.h"

namespace chaosense {

struct OrbitQuantiser {
  int decimal = 0;           // floor(|x| 10^decimal) mod 256, as most papers; if 0:
  int binary = 0;            // floor(|x| 2^binary) mod 256
  std::string Name() const;  // "floor(x 10^14) mod 256"
  uint8_t Byte(double x) const;
};

// 10^3, 10^6, 10^10, 10^14, 10^15, 10^16 and 2^8, 2^32, 2^53.
const std::vector<OrbitQuantiser>& CommonQuantisers();

struct QuantiserBias {
  OrbitQuantiser rule;
  int64_t bytes = 0;  // fewer than asked for if the orbit escapes; what follows is of these
  double chi2 = 0;    // against uniform bytes, 255 degrees of freedom
  double p = 0;     // its p-value; bytes of a chaotic orbit are not independent, so judge by orders
  double bias = 0;  // mean square of 256 P(byte) - 1, freed of what chance alone would give; >= 0
  double odd = 0;   // share of odd bytes
  double entropy = 0;  // bits
};

// `samples` bytes from one coordinate, after a transient of 1000 steps; NaN for none.
std::vector<QuantiserBias> MeasureQuantisers(const ChaoticMap& map,
                                             std::vector<double> state,
                                             int64_t samples,
                                             const std::vector<OrbitQuantiser>& rules,
                                             size_t coordinate = 0);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_QUANTISER_H_
