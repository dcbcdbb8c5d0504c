// Denoising by hard thresholding of the DCT of all overlapping 8 x 8 blocks (Coifman, Donoho,
// "Translation-invariant de-noising", 1995, with the local DCT; Yaroslavsky). No block matching:
// some 30 times faster than BM3D and 1 to 2 dB worse.
#ifndef CHAOSENSE_CORE_SOLVERS_DCT_DENOISER_H_
#define CHAOSENSE_CORE_SOLVERS_DCT_DENOISER_H_

#include "core/solvers/denoiser.h"

namespace chaosense {

class DctDenoiser : public Denoiser {
 public:
  // Single-threaded: it is fast enough.
  void DenoiseVarying(std::span<const float> noisy,
                      int height,
                      int width,
                      std::span<const float> sigma,
                      int threads,
                      std::span<float> denoised) const override;
  int64_t macs(int height, int width) const override;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_DCT_DENOISER_H_
