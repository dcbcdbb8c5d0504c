// Permutation entropy: the entropy of the order in which neighbouring values stand.
#ifndef CHAOSENSE_CORE_ANALYSIS_PERMUTATION_ENTROPY_H_
#define CHAOSENSE_CORE_ANALYSIS_PERMUTATION_ENTROPY_H_

#include <cstdint>
#include <span>
#include <vector>

namespace chaosense {

struct OrdinalPatterns {
  int order = 3;
  std::vector<int64_t> counts;  // order! of them, by the Lehmer code of the ranks: 0 is rising

  double Entropy() const;            // bits
  double NormalisedEntropy() const;  // over log2(order!): 0 .. 1
  int64_t Missing() const;  // patterns that never occurred: forbidden ones, for long series
};

// order 2 .. 8, delay >= 1. Equal values rank by their place. Bandt, Pompe, Phys. Rev. Lett. 88
// (2002) 174102.
OrdinalPatterns CountPatterns(std::span<const double> series, int order, int delay = 1);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_PERMUTATION_ENTROPY_H_
