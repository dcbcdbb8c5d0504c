// Keys that give the same keystream, found without knowing the map: simple changes of a key (a
// sign, a reflection, a shift by a period, a swap of variables, alone or two at once, or any other
// value of one real) are tried on random keys, and the bytes compared that an extractor takes from
// the two orbits. States may differ where streams do not: |x| is blind to signs, and a variable
// that acts on no extracted one to all its values. The keys are such that their orbits stay bounded
// (BoundedKeys): one that escapes gives no stream, and two of them not the same one.
#ifndef CHAOSENSE_CORE_ANALYSIS_EQUIVALENT_KEYS_H_
#define CHAOSENSE_CORE_ANALYSIS_EQUIVALENT_KEYS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/key_reals.h"
#include "core/chaos/extractor.h"

namespace chaosense {

struct EquivalenceOptions {
  int keys = 200;  // random keys for each change
  // Counted in values taken from the orbit, one every `decimation` map steps.
  int64_t steps = 64;
  int64_t late = 400;
  bool random_parameters = false;             // else at the family's own values
  bool pairs = true;                          // two changes at once as well
  double least_share = 0.05;                  // of the keys, to be reported
  std::optional<ExtractorOptions> extractor;  // none: OwnExtractor; its burn-in is not waited for
  uint64_t seed = 0;
  int threads = 1;
};

struct Equivalence {
  std::string change;     // "x -> 1 - x", "x <-> y", "y -> any value"
  double identical = 0;   // share of keys with the same bytes from some step up to `steps` on, to
                          // the end of the comparison after `late` + `steps` steps
  double converging = 0;  // share of the others with the same bytes in the last `steps` steps
  double mirrored = 0;    // share of the others whose states are each other's negatives or
                          // reflections in the first `steps` / 4 steps, though the bytes differ
  int64_t tried = 0;      // keys for which the changed key is within the declared ranges
  double same() const { return identical + converging; }
};

struct EquivalenceScan {
  std::vector<Equivalence> found;  // most identical first
  int64_t changes = 0;             // tried in all
  // -log2 of the mean over the keys of 1 / (1 + m), m the other keys with the identical stream that
  // the changes in `found` lead to: by so many bits the streams are fewer than the keys. Not by
  // reals that may take any value: of them MeasureKeyBits finds no bit in the stream.
  double lost_bits = 0;
  // The share of pairs of unrelated random keys with the same stream; NaN if there are no two keys
  // that stay bounded.
  double unrelated = 0;
  // False where unrelated keys often meet: the map is not chaotic, and equivalences mean nothing.
  bool Meaningful() const { return unrelated <= 0.2; }
};

// Deterministic; `threads` change nothing.
EquivalenceScan ScanEquivalentKeys(const MapFamily& family, const EquivalenceOptions& options = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_EQUIVALENT_KEYS_H_
