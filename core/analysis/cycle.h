// Cycles of an orbit in finite precision: on a computer every orbit ends in one.
#ifndef CHAOSENSE_CORE_ANALYSIS_CYCLE_H_
#define CHAOSENSE_CORE_ANALYSIS_CYCLE_H_

#include <cstdint>
#include <map>
#include <vector>

#include "core/chaos/map.h"

namespace chaosense {

struct Cycle {
  bool found = false;    // false: none was closed within the limit, and the numbers are 0
  bool escaped = false;  // the orbit left for infinity, saturates (fixed point) or is not a number:
                         // it has no cycle
  int64_t length = 0;
  int64_t tail = 0;           // steps before the cycle
  std::vector<double> state;  // one on the cycle
};

// Brent's algorithm, every operation rounded to `format`; the start is rounded first. At most about
// `limit` steps until the cycle closes, and up to 2 `limit` more for the tail. States compare by
// value (0 equals -0). Brent, BIT 20 (1980) 176.
Cycle FindCycle(const ChaoticMap& map,
                std::vector<double> state,
                const NumberFormat& format,
                int64_t limit);

struct CycleStudy {
  int64_t starts = 0;
  int64_t escaped = 0;  // of those; what follows is of the others, the bounded orbits
  int64_t found = 0;
  std::map<int64_t, int64_t> lengths;  // cycle length -> orbits that end in one of it
  double mean_tail = 0;                // of those found; NaN if none
  double longest = 0;                  // longest length + tail
  double median_length = 0;            // inf if most are not found; NaN if all escaped
  int64_t bounded() const { return starts - escaped; }
  double FoundShare() const;               // of the bounded ones; NaN if all escaped
  double ShareUpTo(int64_t length) const;  // of the bounded ones, in cycles so short
};

// From `starts` states that are this seed's own: uniform in the domain (`anywhere`), else
// StartState's.
CycleStudy StudyCycles(const ChaoticMap& map,
                       const NumberFormat& format,
                       int starts,
                       int64_t limit,
                       uint64_t seed,
                       int threads,
                       bool anywhere = true);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_CYCLE_H_
