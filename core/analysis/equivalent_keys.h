// Keys that give the same keystream, found without knowing the map: simple changes of a key (a
// sign, a reflection, a shift by a period, a swap of variables, alone or two at once) are tried on
// random keys, and the orbits compared. The keys are such that their orbits stay bounded
// (BoundedKeys): one that escapes gives no stream, and two of them not the same one.
#ifndef CHAOSENSE_CORE_ANALYSIS_EQUIVALENT_KEYS_H_
#define CHAOSENSE_CORE_ANALYSIS_EQUIVALENT_KEYS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/key_reals.h"

namespace chaosense {

struct EquivalenceOptions {
  int keys = 200;      // random keys for each change
  int64_t steps = 64;  // compared at the first steps, and after `late` steps
  int64_t late = 400;
  bool random_parameters = false;  // else at the family's own values
  bool pairs = true;               // two changes at once as well
  double least_share = 0.05;       // of the keys, to be reported
  uint64_t seed = 0;
  int threads = 1;
};

struct Equivalence {
  std::string change;     // "x -> 1 - x", "x <-> y", "a -> -a, x -> -x"
  double identical = 0;   // share of keys with the same states, bit for bit, from some step up to
                          // `steps` on
  double converging = 0;  // share of the others whose orbits are the same after `late` steps
  double mirrored = 0;    // share of the others with the states' negatives or reflections
  int64_t tried = 0;      // keys for which the changed key is within the declared ranges
};

struct EquivalenceScan {
  std::vector<Equivalence> found;  // most identical first
  int64_t changes = 0;             // tried in all
  // -log2 of the mean over the keys of 1 / (1 + m), m the other keys with the identical stream that
  // the changes in `found` lead to: by so many bits the streams are fewer than the keys.
  double lost_bits = 0;
  // The share of unrelated random keys that end in the same orbit: high where the map is not
  // chaotic, and then equivalences mean little.
  double unrelated = 0;
};

EquivalenceScan ScanEquivalentKeys(const MapFamily& family, const EquivalenceOptions& options = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_EQUIVALENT_KEYS_H_
