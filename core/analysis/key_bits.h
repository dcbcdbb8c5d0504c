// How many bits of key a map really takes: reals of double precision are worth at most 53 each,
// whatever number of decimal digits is claimed.
#ifndef CHAOSENSE_CORE_ANALYSIS_KEY_BITS_H_
#define CHAOSENSE_CORE_ANALYSIS_KEY_BITS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/key_reals.h"

namespace chaosense {

struct KeyBitsOptions {
  int keys = 64;
  int64_t steps = 0;  // after which a change must show; 0: enough for the last bit to grow, 100000 at most
  uint64_t seed = 0;
};

struct RealBits {
  KeyReal real;
  int bits = 0;  // the finest 2^-bits of the range's width that changes most streams; 0 if none
};

struct KeyBits {
  std::vector<RealBits> reals;
  int total() const;
};

// Adds 2^-b of the range's width to one real of random keys, b = 60, 59, ..., and sees whether the
// state is off by more than 2^-20 of the domain's width after `steps` steps. For parameters the
// keys are at the family's values.
KeyBits MeasureKeyBits(const MapFamily& family, const KeyBitsOptions& options = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_KEY_BITS_H_
