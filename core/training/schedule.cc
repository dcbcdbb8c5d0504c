#include "core/training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"

namespace chaosense {

double Schedule::At(int64_t iteration) const {
  CHAOSENSE_CHECK(iterations >= 0 && first > 0 && last > 0 && steps >= 1);
  const double warm =
      warm_up > 0 ? std::min(1.0, static_cast<double>(iteration + 1) / static_cast<double>(warm_up))
                  : 1;
  const double progress =
      iterations > 0
          ? std::min(1.0, static_cast<double>(iteration) / static_cast<double>(iterations))
          : 1;
  double rate = first;
  if (kind == "cosine") {
    rate = last + (first - last) * 0.5 * (1 + std::cos(std::numbers::pi * progress));
  } else if (kind == "step") {
    const double drops = std::min<double>(steps, std::floor(progress * (steps + 1)));
    rate = first * std::pow(last / first, drops / steps);
  } else {
    CHAOSENSE_CHECK(kind == "constant", "unknown schedule {}", kind);
  }
  return warm * rate;
}

}  // namespace chaosense
