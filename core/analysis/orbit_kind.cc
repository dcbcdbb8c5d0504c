#include "core/analysis/orbit_kind.h"

#include <cmath>
#include <limits>

#include "core/analysis/lyapunov.h"
#include "core/analysis/orbit.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

bool Meet(const ChaoticMap& map,
          const std::vector<double>& a,
          const std::vector<double>& b,
          double tolerance) {
  for (size_t i = 0; i < a.size(); ++i) {
    const MapVariable& variable = map.info().state[i];
    if (!(std::fabs(a[i] - b[i]) <= tolerance * (variable.high - variable.low))) return false;
  }
  return true;
}

// The smallest p <= limit after which the orbit comes back, and comes back again for three periods
// and 64 steps: a chaotic orbit may pass by close, but then leaves.
int64_t PeriodOf(const ChaoticMap& map, const std::vector<double>& state, const OrbitOptions& o) {
  std::vector<double> ahead = state;
  for (int64_t period = 1; period <= o.period_limit; ++period) {
    map.Step(ahead);
    if (!Meet(map, state, ahead, o.tolerance)) continue;
    std::vector<double> behind = state;
    std::vector<double> follow = ahead;
    bool stays = true;
    for (int64_t step = 0; step < 3 * period + 64 && stays; ++step) {
      map.Step(behind);
      map.Step(follow);
      stays = Meet(map, behind, follow, o.tolerance);
    }
    if (stays) return period;
  }
  return 0;
}

bool Escapes(const ChaoticMap& map, std::vector<double> state, int64_t steps) {
  for (int64_t step = 0; step < steps; ++step) {
    map.Step(state);
    if (HasEscaped(state)) return true;
  }
  return false;
}

}  // namespace

OrbitVerdict JudgeOrbit(const ChaoticMap& map,
                        std::vector<double> state,
                        const OrbitOptions& options) {
  OrbitVerdict verdict;
  const LyapunovOptions lyapunov{options.transient, options.steps, map.time_step()};
  verdict.exponent = LargestExponent(map, state, lyapunov);
  if (std::isnan(verdict.exponent) || HasEscaped(state)) {
    verdict.kind = OrbitKind::kEscaped;
    verdict.exponent = std::numeric_limits<double>::quiet_NaN();
    return verdict;
  }
  // A derivative of 0 stops the exponent early; the orbit goes on to where it settles.
  if (std::isinf(verdict.exponent)) {
    for (int64_t step = 0; step < options.transient; ++step) map.Step(state);
  }
  verdict.period = PeriodOf(map, state, options);
  if (verdict.period > 0) {
    // The tangent vector turns for some periods first.
    const int64_t turning = verdict.period * (options.steps / (4 * verdict.period) + 1);
    const int64_t counted = verdict.period * (options.steps / verdict.period + 1);
    verdict.exponent = LargestExponent(map, state, {turning, counted, map.time_step()});
    verdict.kind = verdict.exponent > options.least_exponent ? OrbitKind::kCollapsed
                   : verdict.period == 1                     ? OrbitKind::kFixedPoint
                                                             : OrbitKind::kPeriodic;
  } else {
    if (verdict.exponent > options.least_exponent && Escapes(map, state, options.bounded)) {
      verdict.kind = OrbitKind::kEscaped;
      verdict.exponent = std::numeric_limits<double>::quiet_NaN();
      return verdict;
    }
    verdict.kind =
        verdict.exponent > options.least_exponent ? OrbitKind::kChaotic : OrbitKind::kQuasiPeriodic;
  }
  return verdict;
}

std::string OrbitKindName(OrbitKind kind) {
  switch (kind) {
    case OrbitKind::kChaotic:
      return "chaotic";
    case OrbitKind::kFixedPoint:
      return "fixed point";
    case OrbitKind::kPeriodic:
      return "periodic";
    case OrbitKind::kQuasiPeriodic:
      return "quasi-periodic";
    case OrbitKind::kCollapsed:
      return "collapsed by rounding";
    case OrbitKind::kEscaped:
      return "escaped";
  }
  CHAOSENSE_CHECK(false, "bad kind");
}

}  // namespace chaosense
