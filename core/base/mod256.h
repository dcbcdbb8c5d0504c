// Arithmetic on bytes mod 256.
#ifndef CHAOSENSE_CORE_BASE_MOD256_H_
#define CHAOSENSE_CORE_BASE_MOD256_H_

#include <cstdint>

namespace chaosense {

// The inverse of an odd number mod 256: Newton's iteration doubles the right bits (3, 6, 12).
constexpr uint8_t InverseMod256(uint8_t odd) {
  unsigned x = odd;
  for (int i = 0; i < 2; ++i) x = x * (2 - odd * x);
  return static_cast<uint8_t>(x);
}

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_MOD256_H_
