// How many bits of key a map really takes: reals of double precision are worth at most 53 each,
// whatever number of decimal digits is claimed, and not every key is of use or differs from the
// others.
#ifndef CHAOSENSE_CORE_ANALYSIS_KEY_BITS_H_
#define CHAOSENSE_CORE_ANALYSIS_KEY_BITS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "core/analysis/key_reals.h"
#include "core/analysis/orbit_kind.h"
#include "core/chaos/extractor.h"

namespace chaosense {

struct KeyBitsOptions {
  int keys = 64;      // random usable keys for the bits of each real
  int64_t steps = 0;  // after which a change must show; 0: enough for the last bit to grow, 100000
                      // at most
  int64_t tries = 2000;  // random keys at most for the share of usable ones
  OrbitOptions orbit;    // when a key is usable: its orbit is chaotic by JudgeOrbit
  std::optional<ExtractorOptions> extractor;  // of the stream; none: OwnExtractor
  uint64_t seed = 0;
};

struct RealBits {
  KeyReal real;
  int bits = 0;  // the finest 2^-bits of the range's width that changes most streams; 0 if none
};

// log2 of the number of different streams: the bits that each real resolves, and the share of keys
// that give a chaotic orbit (the others escape, rest or repeat), less what equivalent keys take.
struct KeyBits {
  std::vector<RealBits> reals;
  // The share of usable keys: state and parameters uniform over their whole ranges, and the state
  // alone at the family's parameters. From 64 usable ones or all tries: good to a fifth of a bit;
  // an upper bound where none was found.
  double usable_share = 0;
  double usable_state_share = 0;
  int64_t usable_found = 0;  // of keys with random parameters

  int resolved() const;        // sum over the reals
  int resolved_state() const;  // over the state variables
  // `lost_bits`: of EquivalenceScan. At least 0.
  double total(double lost_bits) const;
  double total_state(double lost_bits) const;
};

// Adds 2^-b of the range's width to one real of usable keys, b = 60, 59, ..., and sees whether the
// extracted bytes after `steps` steps (64 of them, or an eighth of the steps) are others; changed
// keys that escape are passed over. A real that never reaches the stream has 0 bits. The keys are
// random states at the family's parameters, where fewer than eight are usable starts about the
// map's own initial state (StartState). 0 bits if no orbit is chaotic.
KeyBits MeasureKeyBits(const MapFamily& family, const KeyBitsOptions& options = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_KEY_BITS_H_
