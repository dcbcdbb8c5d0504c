// TVAL3, total variation minimisation by augmented Lagrangian and alternating direction: C. Li, W.
// Yin, H. Jiang, Y. Zhang, Comput. Optim. Appl. 56 (2013) 507; C. Li's thesis, Rice University,
// 2009.
//
//   min_u  sum_i |D_i u|   subject to  A u = b  (and u >= 0)
//
// by the augmented Lagrangian
//
//   L = sum |w_i| - s'(Du - w) - d'(Au - b) + beta/2 |Du - w|^2 + mu/2 |Au - b|^2,
//
// one gradient step in u (Barzilai-Borwein length, nonmonotone Armijo search), one shrinkage step
// in w, and a step of the multipliers s, d whenever u has come to rest.
#ifndef CHAOSENSE_CORE_SOLVERS_TVAL3_H_
#define CHAOSENSE_CORE_SOLVERS_TVAL3_H_

#include "core/solvers/operator.h"
#include "core/solvers/solver_method.h"

namespace chaosense {

// Defaults: the options of the published block-wise comparison (KuldeepKulkarni/ReconNet,
// RealData/test_tval3.m); the constants of the line search are those of the authors' program.
struct Tval3Options {
  double mu = 256;
  double beta = 32;
  double tolerance = 1e-3;        // of u between two steps of the multipliers
  double inner_tolerance = 1e-3;  // of u between two iterations
  int max_iterations = 300;
  int max_multiplier_steps = 10;
  int tv_norm = 1;          // 1: anisotropic, 2: isotropic
  bool nonnegative = true;  // u >= 0
};

// For whole images: the authors' own tolerance, iteration limit and isotropic total variation.
// Finer rest and more steps of the multipliers, chosen on BSDS500 val: the published 10 stop far
// from the solution at low rates (15.1 instead of 20.9 dB at rate 0.01) and gain 0.2 dB at 0.25.
Tval3Options Tval3ImageOptions();

// Starts at A'y. y in any units: the program works on measurements scaled to a range of about 1,
// the means of whole-image operators left out of that range. If an iterate is not finite, the last
// one that was is returned, with a note in the trace.
std::vector<float> SolveTval3(const MeasurementOperator& op,
                              std::span<const float> y,
                              const Tval3Options& options,
                              Trace& trace);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_TVAL3_H_
