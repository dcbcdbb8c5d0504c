// How many different keys there are, whatever a cipher makes of its 256 bits: by collisions.
#ifndef CHAOSENSE_CORE_ATTACKS_KEY_SPACE_H_
#define CHAOSENSE_CORE_ATTACKS_KEY_SPACE_H_

#include <cstdint>

#include "core/attacks/check.h"

namespace chaosense {

// One picture encrypted under random keys. Among n keys that work as K equally likely ones,
// n (n - 1) / 2K pairs give equal ciphertexts.
struct KeySpace {
  bool deterministic = true;  // false: equal keys give unequal ciphertexts, and nothing is counted
  int64_t keys = 0;
  int64_t distinct = 0;  // ciphertexts
  int64_t pairs = 0;     // of keys that give equal ciphertexts
  int64_t largest = 0;   // keys that give one ciphertext
  // Without pairs: that many bits at least, at a confidence of 99.9 % (fewer would have shown a
  // pair with that probability). With pairs: log2 of the estimate of K (the collision entropy).
  double bits = 0;
  // The number of random keys until one other than the target's key decrypted what that key
  // encrypted, verified; 0: none did. Where K is small it is searched for.
  int64_t found_after = 0;
};

// `keys` >= 2.
KeySpace MeasureKeySpace(const AuditTarget& target, int64_t keys);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_KEY_SPACE_H_
