#include "core/solvers/dct_denoiser.h"

#include <algorithm>

#include "core/solvers/bm3d_transform.h"

namespace chaosense {
namespace {

constexpr int kBlock = 8;
// In units of sigma: the usual 2.7 to 3 (BM3D's without a second stage).
constexpr float kThreshold = 2.7f;
constexpr int kBandRows = 32;  // blocks transformed at a time: a few megabytes

}  // namespace

void DctDenoiser::DenoiseVarying(std::span<const float> noisy,
                                 int height,
                                 int width,
                                 std::span<const float> sigma,
                                 int /*threads*/,
                                 std::span<float> denoised) const {
  CheckDenoiserInput("DCT denoiser", noisy, height, width, sigma, denoised);
  static const BlockTransform dct = DctTransform(kBlock);
  // Every block counts the same under its window.
  static const std::vector<float> window(BlockSize(kBlock), 1.0f);

  PaddedPlane plane(height, width);
  for (int row = 0; row < height; ++row) {
    std::copy_n(noisy.data() + static_cast<ptrdiff_t>(row) * width, width, plane.at(row, 0));
  }
  PaddedPlane sums(height, width);
  PaddedPlane weights(height, width);
  const int rows = height - kBlock + 1;
  const int columns = width - kBlock + 1;
  std::vector<float> blocks;
  for (int first = 0; first < rows; first += kBandRows) {
    const int end = std::min(rows, first + kBandRows);
    TransformBlocks(dct, plane, first, end, blocks);
    float* block = blocks.data();
    for (int row = first; row < end; ++row) {
      for (int column = 0; column < columns; ++column, block += BlockSize(kBlock)) {
        // The mean is kept: next to strong noise it may be small.
        const float mean = block[0];
        const float local =
            sigma[static_cast<size_t>((row + kBlock / 2) * width + column + kBlock / 2)];
        const int kept = HardThresholdGroup(block, 1, BlockSize(kBlock), kThreshold * local);
        block[0] = mean;
        AddBlock(dct,
                 block,
                 window.data(),
                 1.0f / static_cast<float>(std::max(1, kept)),
                 sums.at(row, column),
                 weights.at(row, column),
                 sums.stride);
      }
    }
  }
  for (int row = 0; row < height; ++row) {
    float* out = denoised.data() + static_cast<ptrdiff_t>(row) * width;
    for (int column = 0; column < width; ++column) {
      out[column] = sums.at(row, 0)[column] / weights.at(row, 0)[column];
    }
  }
}

int64_t DctDenoiser::macs(int height, int width) const {
  return int64_t{height} * width * 4 * kBlock * kBlock * kBlock;
}

}  // namespace chaosense
