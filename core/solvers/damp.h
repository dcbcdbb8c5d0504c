// D-AMP, approximate message passing with a denoiser: Metzler, Maleki, Baraniuk, "From denoising to
// compressed sensing", IEEE Trans. Inf. Theory 62 (2016) 5117.
//
//   r = x + A'z    sigma = |z| / sqrt(m)    x <- D(r, sigma)    z <- y - A x + z div D(r) / m
//
// A with columns of unit norm, pixels 0..255; the divergence by one Monte-Carlo probe,
// div D = eta' (D(r + e eta) - D(r)) / e, eta standard normal, e = max|r| / 1000.
//
// Beyond the paper, because A is not always large and independently random:
//  - Rows of A are orthonormal here: A and y are multiplied by sqrt(n / m), if unit_columns.
//  - Measurements that are exact means (operator.h) are no random projections: they are kept out of
//    sigma and divergence and correct r exactly.
//  - Where every block has measurements of its own, z sees only its own block: sigma and divergence
//    are those of the block, and the denoiser gets sigma pixel by pixel.
//  - Safeguards, needed at low rates: z is damped, the estimate with the smallest |y - A x| is
//    returned, and div / m is limited where blocks have few measurements of their own (whole-image
//    operators lose by a limit).
#ifndef CHAOSENSE_CORE_SOLVERS_DAMP_H_
#define CHAOSENSE_CORE_SOLVERS_DAMP_H_

#include <span>
#include <vector>

#include "core/solvers/denoiser.h"
#include "core/solvers/operator.h"
#include "core/solvers/solver_method.h"

namespace chaosense {

struct DampOptions {
  int max_iterations = 30;
  double tolerance = 0;           // of the relative change of the estimate; 0: never stop by it
  double damping = 0;             // z <- damping * z + (1 - damping) * new z, in [0, 1)
  double onsager_limit = 0.95;    // of div / m where blocks have measurements of their own
  bool unit_columns = true;       // false: orthonormal rows as they are, as in the published tables
  bool start_from_means = false;  // of blocks or image, from the measurements; else from zero
};

// x, op.pixels() values, from y = A x. Deterministic whatever the number of threads; always finite.
// The trace's objective is the root mean square of sigma.
std::vector<float> RunDamp(const MeasurementOperator& op,
                           std::span<const float> y,
                           const Denoiser& denoiser,
                           const DampOptions& options,
                           int threads,
                           Trace& trace);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_DAMP_H_
