// How near a reconstruction is to its original. Every function throws Error(kConfig) if the shapes
// differ or are empty. Colour: the squared error is pooled over the channels; SSIM is the mean of
// the channels' values.
#ifndef CHAOSENSE_CORE_METRICS_QUALITY_H_
#define CHAOSENSE_CORE_METRICS_QUALITY_H_

#include "core/image/image.h"

namespace chaosense {

inline constexpr int kSsimWindow = 11;

// 10 log10(1 / MSE) in dB of values in [0, 1]. `test` is neither clipped nor rounded: this is the
// peers' convention, and clipping first would add up to 0.15 dB. Identical images: +inf. A NaN in
// `test`: NaN.
double Psnr(const ImageF& reference, const ImageF& test);

// 10 log10(255^2 / MSE) in dB of 8-bit images.
double Psnr8Bit(const ImageU8& reference, const ImageU8& test);

// SSIM as in Wang, Bovik, Sheikh, Simoncelli, IEEE TIP 13 (2004) 600: Gaussian window 11 x 11,
// sigma 1.5, K1 = 0.01, K2 = 0.03, biased covariances, mean over the positions where the whole
// window lies inside ("valid"); no downsampling before. This is skimage's
// structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False) but not its
// default. In [-1, 1]; identical images: 1 exactly. An image with a side below 11 has no valid
// position: NaN.
double Ssim(const ImageU8& reference, const ImageU8& test);
// The same on float images of range [0, 1]; `test` is clipped to that range first (SSIM is defined
// on it), not rounded.
double Ssim(const ImageF& reference, const ImageF& test);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_QUALITY_H_
