// Linear complexity: the length of the shortest linear feedback shift register that produces a
// sequence of bits (Berlekamp-Massey over GF(2), 64 coefficients at a time).
#ifndef CHAOSENSE_CORE_RANDOMNESS_LINEAR_COMPLEXITY_H_
#define CHAOSENSE_CORE_RANDOMNESS_LINEAR_COMPLEXITY_H_

#include "core/randomness/bits.h"

namespace chaosense {

// Of bits begin .. begin + length - 1. Takes about length^2 / 64 steps.
int LinearComplexity(const BitSequence& bits, size_t begin, size_t length);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_RANDOMNESS_LINEAR_COMPLEXITY_H_
