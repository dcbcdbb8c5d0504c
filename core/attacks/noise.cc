#include "core/attacks/noise.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {

ImageU8 AddGaussianNoise(const ImageU8& image, double strength, RandomStream& random) {
  if (!(strength >= 0 && strength <= 10)) {
    throw ConfigError("Gaussian noise: strength {} is out of range, expected 0 to 10", strength);
  }
  ImageU8 noisy = image;
  for (uint8_t& value : noisy.data) {
    const double moved = value + 255 * strength * random.Normal();
    value = static_cast<uint8_t>(std::lround(std::clamp(moved, 0.0, 255.0)));
  }
  return noisy;
}

ImageU8 AddSaltAndPepper(const ImageU8& image, double density, RandomStream& random) {
  if (!(density >= 0 && density <= 1)) {
    throw ConfigError("salt and pepper: density {} is out of range, expected 0 to 1", density);
  }
  ImageU8 noisy = image;
  for (uint8_t& value : noisy.data) {
    const double draw = random.Uniform();
    if (draw < density / 2) {
      value = 0;
    } else if (draw < density) {
      value = 255;
    }
  }
  return noisy;
}

}  // namespace chaosense
