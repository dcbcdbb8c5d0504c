#include "core/solvers/denoiser.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/solvers/bm3d.h"
#include "core/solvers/dct_denoiser.h"

namespace chaosense {

std::unique_ptr<Denoiser> MakeDenoiser(const std::string& name) {
  if (name == "bm3d") return std::make_unique<Bm3d>(Bm3dProfile::kNormal);
  if (name == "bm3d_fast") return std::make_unique<Bm3d>(Bm3dProfile::kLowComplexity);
  if (name == "dct") return std::make_unique<DctDenoiser>();
  throw ConfigError("unknown denoiser \"{}\"; expected bm3d, bm3d_fast or dct", name);
}

void Denoiser::Denoise(std::span<const float> noisy,
                       int height,
                       int width,
                       float sigma,
                       int threads,
                       std::span<float> denoised) const {
  DenoiseVarying(noisy, height, width, std::vector<float>(noisy.size(), sigma), threads, denoised);
}

void CheckDenoiserInput(const char* name,
                        std::span<const float> noisy,
                        int height,
                        int width,
                        std::span<const float> sigma,
                        std::span<float> denoised) {
  if (std::min(height, width) < Denoiser::kMinimumSide) {
    throw RunError("{}: a plane of {} x {} pixels; expected at least {} x {}",
                   name,
                   height,
                   width,
                   Denoiser::kMinimumSide,
                   Denoiser::kMinimumSide);
  }
  CHAOSENSE_CHECK(noisy.size() == static_cast<size_t>(height) * static_cast<size_t>(width) &&
                  denoised.size() == noisy.size() && sigma.size() == noisy.size());
  // Above this, sums of squares come near the largest float.
  constexpr float kLargest = 1e15f;
  for (const float value : noisy) {
    if (!(std::abs(value) < kLargest)) throw RunError("{}: a pixel of {}", name, value);
  }
  for (const float value : sigma) {
    if (!(value >= 0 && value < kLargest)) throw RunError("{}: sigma of {}", name, value);
  }
}

}  // namespace chaosense
