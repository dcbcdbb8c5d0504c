// NLR-CS, compressive sensing by nonlocal low-rank regularisation: W. Dong, G. Shi, X. Li, Y. Ma,
// F. Huang, IEEE Trans. Image Process. 23 (2014) 3618.
//
//   min_x  |y - A x|^2 + sum over groups G of similar patches  lambda L(G x),  L = log det
//   surrogate
//
// Outer iterations match patches; inner ones shrink the singular values of every group (weights 1 /
// s: the linearised log det), average the patches into an image r, and solve
//
//   (A'A + beta I) x = A'y + beta r,
//
// which for orthonormal rows of A is x = r + A'(y - A r) / (1 + beta).
#ifndef CHAOSENSE_CORE_SOLVERS_NLR_H_
#define CHAOSENSE_CORE_SOLVERS_NLR_H_

#include <vector>

#include "core/solvers/operator.h"
#include "core/solvers/solver_method.h"

namespace chaosense {

// The published parameters depend on the rate; pixels 0..255.
struct NlrOptions {
  float start_threshold;  // t0 of the start by DCT
  float noise;            // nSig
  float constant;         // c0: singular values shrink by c0 nSig^2 in the first outer iterations
  float weight;           // c1: by c1 sqrt(2) nSig^2 sqrt(45) / s later
  int outer = 18;
  int unweighted = 3;    // outer iterations with the constant threshold
  double tolerance = 0;  // relative change of an outer iteration at which to stop
};

// The row of the published table for a rate; the programs give it half the number of real
// measurements over the number of pixels (theirs are complex).
NlrOptions NlrOptionsForTableRate(double table_rate);

// The published start: 300 times {x += 3 steps of length 1.5 towards y = A x; soft threshold of the
// 36-point DCT of every 6 x 6 patch at step 5, averaged}, from A'y.
std::vector<float> NlrDctStart(const MeasurementOperator& op,
                               std::span<const float> y,
                               float threshold);

// `start`: pixels 0..255; both sides of the plane at least 33. If an iterate is not finite, the
// last one that was is returned, with a note in the trace. One line of the trace an inner
// iteration.
std::vector<float> SolveNlr(const MeasurementOperator& op,
                            std::span<const float> y,
                            std::vector<float> start,
                            const NlrOptions& options,
                            int threads,
                            Trace& trace);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_NLR_H_
