// Denoising of one image plane, as D-AMP uses it.
#ifndef CHAOSENSE_CORE_SOLVERS_DENOISER_H_
#define CHAOSENSE_CORE_SOLVERS_DENOISER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace chaosense {

class Denoiser {
 public:
  virtual ~Denoiser() = default;

  // noisy: height x width, rows first, pixels 0..255 (values outside are allowed, NaN and infinity
  // are not). sigma: for every pixel the standard deviation, >= 0, of its white Gaussian noise in
  // the same units; meant to vary slowly or by regions. denoised: the same size, may not overlap
  // `noisy`; not clipped. threads: OpenMP threads at most; their number does not change the result.
  // Throws Error(kRun) where a side is below kMinimumSide. Safe to call from several threads.
  virtual void DenoiseVarying(std::span<const float> noisy,
                              int height,
                              int width,
                              std::span<const float> sigma,
                              int threads,
                              std::span<float> denoised) const = 0;

  // The same with one sigma for all pixels.
  void Denoise(std::span<const float> noisy,
               int height,
               int width,
               float sigma,
               int threads,
               std::span<float> denoised) const;

  // Multiply-accumulates of one call, at most.
  virtual int64_t macs(int height, int width) const = 0;

  static constexpr int kMinimumSide = 8;
};

// "bm3d" (normal profile), "bm3d_fast" (low-complexity profile), "dct" (sliding DCT thresholding).
// Throws Error(kConfig) on another name.
std::unique_ptr<Denoiser> MakeDenoiser(const std::string& name);

// What every Denoise checks first: sizes, finite values small enough to be squared, the side.
void CheckDenoiserInput(const char* name,
                        std::span<const float> noisy,
                        int height,
                        int width,
                        std::span<const float> sigma,
                        std::span<float> denoised);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_DENOISER_H_
