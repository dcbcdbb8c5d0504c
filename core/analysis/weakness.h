// The search for a map's weaknesses, without being told where to look.
#ifndef CHAOSENSE_CORE_ANALYSIS_WEAKNESS_H_
#define CHAOSENSE_CORE_ANALYSIS_WEAKNESS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/box_scan.h"
#include "core/analysis/cycle.h"
#include "core/analysis/equivalent_keys.h"
#include "core/analysis/family.h"
#include "core/analysis/key_bits.h"
#include "core/analysis/quantiser.h"

namespace chaosense {

enum class WeaknessKind {
  kDeadZone,        // parameters advertised but not chaotic
  kCollapse,        // rounding drives orbits into a rest or a short period
  kShortCycle,      // finite precision closes the orbit early
  kEquivalentKeys,  // different keys, one keystream
  kLostKeyBits,     // a key real that hardly changes the stream
  kBiasedBytes      // a byte extractor that papers use is biased
};

struct Weakness {
  WeaknessKind kind;
  std::string where;  // "mu = 0.94 .. 1", "float32", "x -> 1 - x", "floor(|x| 10^16) mod 256"
  std::string what;   // one sentence with the measured numbers
  double share = 0;   // of the keys, orbits or bytes concerned
};

struct WeaknessOptions {
  BoxOptions box;
  int cycle_starts = 200;                // float32 and float16
  int64_t cycle_limit = 200000;          // steps: a cycle that closes within them is short
  int64_t double_cycle_limit = 2000000;  // float64, from 4 starts; 0: not looked for
  EquivalenceOptions keys;
  KeyBitsOptions key_bits;
  int64_t quantiser_samples = 200000;
  uint64_t seed = 0;
  int threads = 1;
};

struct WeaknessReport {
  std::vector<Weakness> found;
  BoxScan box;
  EquivalenceScan keys;
  KeyBits key_bits;
  std::vector<QuantiserBias> quantisers;
};

// The box of the parameters, then the other searches at the family's own values.
WeaknessReport FindWeaknesses(const MapFamily& family, const WeaknessOptions& options = {});

std::string WeaknessName(WeaknessKind kind);  // "dead zone", "equivalent keys", ...

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_WEAKNESS_H_
