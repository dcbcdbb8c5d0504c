// The dead zones of a map: where in the box of its advertised parameters it is not chaotic.
#ifndef CHAOSENSE_CORE_ANALYSIS_BOX_SCAN_H_
#define CHAOSENSE_CORE_ANALYSIS_BOX_SCAN_H_

#include <string>
#include <vector>

#include "core/analysis/family.h"
#include "core/analysis/orbit_kind.h"

namespace chaosense {

struct BoxRange {
  std::string parameter;
  double low = 0;
  double high = 0;
};

struct BoxOptions {
  std::vector<BoxRange> box;  // empty: every free parameter over its declared range
  int64_t points = 1000;
  int starts = 3;  // orbits at each point, from StartState's starts that are `seed`'s own
  OrbitOptions orbit;
  uint64_t seed = 0;
  int threads = 1;
};

struct BoxPoint {
  MapValues values;
  std::vector<OrbitVerdict> verdicts;  // one for each start
  double DeadShare() const;            // of the starts
};

// A run of neighbouring grid points (or of slices of one parameter) that are dead.
struct DeadZone {
  std::string parameter;
  double low = 0;
  double high = 0;
  double share = 0;  // of orbits in it that are not chaotic
  std::string what;  // the commonest kind of orbit there, "periodic", ...
  int64_t points = 0;
};

struct BoxScan {
  std::vector<BoxRange> box;
  std::vector<BoxPoint> points;
  double DeadShare() const;            // of all orbits
  double Share(OrbitKind kind) const;  // of all orbits
  double LargestExponent() const;      // over all orbits; NaN if all escaped
  // Dead zones along each parameter: for one parameter runs of grid points at which at least half
  // of the orbits are not chaotic; for several, runs of twentieths of a parameter's range in which
  // at least half of the orbits are not, whatever the other parameters.
  std::vector<DeadZone> Zones() const;
};

// One parameter: an even grid with both ends. Several: the corners (up to 4 parameters) and a Sobol
// sequence. Throws Error(kConfig) if a range is empty, unknown or beyond the declared one.
BoxScan ScanBox(const MapFamily& family, const BoxOptions& options = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_BOX_SCAN_H_
