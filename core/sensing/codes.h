// The measurements of an image: a grid of blocks, each giving the same number of coefficients, and
// how those lie as an image, which is what the cipher sees.
#ifndef CHAOSENSE_CORE_SENSING_CODES_H_
#define CHAOSENSE_CORE_SENSING_CODES_H_

#include <vector>

#include "core/image/blocks.h"
#include "core/image/image.h"

namespace chaosense {

// values[(block * coefficients) + i], blocks in row-major order; a block's coefficients lie
// channel-major in `block` (FCLBCNN: 3 x 14 x 14; a linear operator with m rows: 1 x 1 x m).
template <typename T>
struct Codes {
  BlockGrid grid;
  Shape block;
  std::vector<T> values;

  size_t coefficients() const { return block.size(); }
  bool operator==(const Codes&) const = default;
};

// The blocks side by side: block.channels x (grid.rows * block.height) x (grid.columns *
// block.width). For the paper's 256 x 256 image: 3 x 112 x 112.
template <typename T>
Planes<T> ArrangeAsImage(const Codes<T>& codes);
template <typename T>
Codes<T> FromArrangement(const Planes<T>& image, BlockGrid grid, Shape block);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_CODES_H_
