// The Lyapunov spectrum: mean logarithmic growth rates of an orbit's tangent vectors.
#ifndef CHAOSENSE_CORE_ANALYSIS_LYAPUNOV_H_
#define CHAOSENSE_CORE_ANALYSIS_LYAPUNOV_H_

#include <cstdint>
#include <vector>

#include "core/chaos/map.h"

namespace chaosense {

struct LyapunovOptions {
  int64_t transient = 1000;  // steps before counting, in which the tangent vectors turn already
  int64_t steps = 100000;
  double step_time = 1;  // of a flow: the exponents are per unit of time
};

struct LyapunovSpectrum {
  std::vector<double> exponents;  // nats a step (or unit of time), largest first; -inf where the
                                  // derivative vanishes along the orbit
  std::vector<double> errors;     // standard errors, from 20 batches of consecutive steps
  double mean_log_det = 0;        // mean ln|det J|, by elimination: the exponents must sum to it
  bool escaped = false;           // then everything else is NaN
};

// Products of Jacobians along the orbit from `state`, re-orthonormalised (modified Gram-Schmidt) at
// every step. Benettin, Galgani, Giorgilli, Strelcyn, Meccanica 15 (1980) 9.
LyapunovSpectrum MeasureLyapunov(const ChaoticMap& map,
                                 std::vector<double> state,
                                 const LyapunovOptions& options = {});

// The largest exponent alone, with one tangent vector: faster than the spectrum. NaN if the orbit
// escapes, -inf if the derivative vanishes. `state` is moved along.
double LargestExponent(const ChaoticMap& map,
                       std::vector<double>& state,
                       const LyapunovOptions& options = {});

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_LYAPUNOV_H_
