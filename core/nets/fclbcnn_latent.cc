#include "core/nets/fclbcnn_latent.h"

#include <fmt/format.h>

#include <cmath>
#include <initializer_list>

#include "core/base/error.h"
#include "core/image/blocks.h"

namespace chaosense {

Shape FclbcnnLatent(double rate, int planes) {
  CHAOSENSE_CHECK(rate > 0 && rate <= 1 && (planes == 1 || planes == 3));
  const double wanted = rate * kBlockSize * kBlockSize / planes;
  Shape best{planes, 1, 1};
  for (int h = 1; h <= kBlockSize; ++h) {
    for (const int w : {h, h + 1}) {
      if (std::abs(h * w - wanted) < std::abs(best.height * best.width - wanted))
        best = Shape{planes, h, w};
    }
  }
  return best;
}

std::string LatentName(const Shape& latent) {
  return fmt::format("{}x{}x{}", latent.channels, latent.height, latent.width);
}

}  // namespace chaosense
