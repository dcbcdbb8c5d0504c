// How solvers store the measurements of a plane in codes, and how those are quantised.
#ifndef CHAOSENSE_CORE_SOLVERS_SOLVER_CODES_H_
#define CHAOSENSE_CORE_SOLVERS_SOLVER_CODES_H_

#include <span>
#include <vector>

#include "core/sensing/codes.h"
#include "core/sensing/measurement_matrix.h"
#include "core/sensing/quantiser.h"
#include "core/solvers/operator.h"

namespace chaosense {

// y: the measurements of channel `channel`, dealt out over the blocks in order.
void StoreMeasurements(std::span<const float> y,
                       std::span<const int64_t> mean_groups,
                       int channel,
                       Codes<float>& codes);
std::vector<float> LoadMeasurements(const Codes<float>& codes,
                                    std::span<const int64_t> mean_groups,
                                    int channel);

// Ranges known without any training picture, pixels in [0, 1]. A row of Phi splits into its mean
// and the rest: the mean contributes (sum of the row) * (mean of the block); the rest is a random
// projection, whose standard deviation is that of the pixels, 0.5 at most, and gets 6 of those.
// Never wider than the bound |Phi| 1/2 around Phi 1/2. Companded, because most pictures use little
// of it. `channels` copies.
Quantiser QuantiserForMatrix(const MatrixRowF& phi, int channels);

// The same for whole-image operators, whose rows other than the means have sum 0: `rows` values a
// block.
Quantiser QuantiserForScrambled(int rows, int channels);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_SOLVER_CODES_H_
