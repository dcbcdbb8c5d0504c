// Noise on the way from sender to receiver: what a channel does to a ciphertext (the paper's Fig.
// 6). Bytes are taken as values in [0, 1], v / 255.
#ifndef CHAOSENSE_CORE_ATTACKS_NOISE_H_
#define CHAOSENSE_CORE_ATTACKS_NOISE_H_

#include "core/base/random.h"
#include "core/image/image.h"

namespace chaosense {

// v / 255 + strength * n with n standard normal, clipped to [0, 1] and rounded to bytes. The paper
// says "Gaussian noise of strength 0.10" and no more: that the strength is the standard deviation
// on [0, 1] is our interpretation (others give the variance). One normal number a byte, in storage
// order. Throws Error(kConfig) unless 0 <= strength <= 10.
ImageU8 AddGaussianNoise(const ImageU8& image, double strength, RandomStream& random);

// Each byte by itself becomes 0 with probability density / 2 and 255 with density / 2, the usual
// salt and pepper. One uniform number a byte, in storage order. Throws Error(kConfig) unless
// density is in [0, 1].
ImageU8 AddSaltAndPepper(const ImageU8& image, double density, RandomStream& random);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_NOISE_H_
