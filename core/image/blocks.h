// Non-overlapping square blocks as the peers cut them: zero padding at the right and at the bottom.
#ifndef CHAOSENSE_CORE_IMAGE_BLOCKS_H_
#define CHAOSENSE_CORE_IMAGE_BLOCKS_H_

#include <vector>

#include "core/image/image.h"

namespace chaosense {

inline constexpr int kBlockSize = 33;

struct BlockGrid {
  int rows = 0;  // blocks down
  int columns = 0;
  int count() const { return rows * columns; }
  bool operator==(const BlockGrid&) const = default;
};

// ceil(height / block) x ceil(width / block). (ReconNet's MATLAB adds a whole block of zeros where
// the size is a multiple already; that block is cropped again and changes no reconstruction, so it
// is not made here.)
BlockGrid GridFor(int height, int width, int block = kBlockSize);

// [grid.count()][channels * block * block]: blocks in row-major order, each channel-major, then
// rows.
std::vector<float> SplitBlocks(const ImageF& image, int block = kBlockSize);

// The inverse; crops to `shape`.
ImageF MergeBlocks(const std::vector<float>& blocks, Shape shape, int block = kBlockSize);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_IMAGE_BLOCKS_H_
