#include "core/sensing/rate.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {

int MeasurementCount(double rate, int n) {
  if (!(rate > 0 && rate <= 1))
    throw ConfigError("sampling rate {} is out of range, expected a number in (0, 1]", rate);
  CHAOSENSE_CHECK(n >= 1);
  // ReconNet's and ISTA-Net's matrices: 10, 43, 109, 272, 327, 436, 545 rows.
  if (n == 1089 && rate == 0.01) return 10;
  if (n == 1089 && rate == 0.04) return 43;
  return std::clamp(static_cast<int>(std::lround(rate * n)), 1, n);
}

}  // namespace chaosense
