// What an orbit turns into.
#ifndef CHAOSENSE_CORE_ANALYSIS_ORBIT_KIND_H_
#define CHAOSENSE_CORE_ANALYSIS_ORBIT_KIND_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/chaos/map.h"

namespace chaosense {

enum class OrbitKind {
  kChaotic,        // the largest exponent is positive
  kFixedPoint,     // rests, by the map's own dynamics
  kPeriodic,       // repeats, by the map's own dynamics
  kQuasiPeriodic,  // the largest exponent is about 0, or negative without a period up to the limit
  kCollapsed,  // rests or repeats on an orbit that repels its neighbours: only rounding holds it
               // there
  kEscaped     // grew beyond all bounds, or is not a number
};

struct OrbitOptions {
  int64_t transient = 1000;
  int64_t steps = 2000;           // for the exponent; over whole periods of a periodic orbit
  int64_t period_limit = 128;     // longest period looked for
  double tolerance = 1e-9;        // of the domain's width: two states this close are one
  double least_exponent = 0.005;  // per unit of time: below it is not called chaotic
  int64_t bounded = 20000;  // further steps after which an orbit with a positive exponent must
                            // still be there: one that slowly spirals out has one too
};

struct OrbitVerdict {
  OrbitKind kind = OrbitKind::kChaotic;
  int64_t period = 0;   // of kFixedPoint (1), kPeriodic, kCollapsed
  double exponent = 0;  // largest, per unit of time; of a periodic orbit over its period alone, so
                        // that a chaotic transient does not enter; NaN if escaped
  bool chaotic() const { return kind == OrbitKind::kChaotic; }
};

OrbitVerdict JudgeOrbit(const ChaoticMap& map,
                        std::vector<double> state,
                        const OrbitOptions& options = {});

std::string OrbitKindName(OrbitKind kind);  // "chaotic", "fixed point", ...

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_ORBIT_KIND_H_
