#include "core/image/blocks.h"

#include <algorithm>

#include "core/base/error.h"

namespace chaosense {
namespace {

// Calls copy(image offset, block offset, length) for every row of every block that lies inside the
// image.
template <typename Copy>
void ForEachBlockRow(Shape shape, int block, Copy copy) {
  const BlockGrid grid = GridFor(shape.height, shape.width, block);
  for (int by = 0; by < grid.rows; ++by) {
    for (int bx = 0; bx < grid.columns; ++bx) {
      for (int c = 0; c < shape.channels; ++c) {
        for (int y = 0; y < block && by * block + y < shape.height; ++y) {
          const size_t image_offset = (static_cast<size_t>(c) * static_cast<size_t>(shape.height) +
                                       static_cast<size_t>(by * block + y)) *
                                          static_cast<size_t>(shape.width) +
                                      static_cast<size_t>(bx * block);
          const size_t block_offset =
              ((static_cast<size_t>(by * grid.columns + bx) * static_cast<size_t>(shape.channels) +
                static_cast<size_t>(c)) *
                   static_cast<size_t>(block) +
               static_cast<size_t>(y)) *
              static_cast<size_t>(block);
          copy(image_offset, block_offset, std::min(block, shape.width - bx * block));
        }
      }
    }
  }
}

}  // namespace

BlockGrid GridFor(int height, int width, int block) {
  CHAOSENSE_CHECK(height > 0 && width > 0 && block > 0);
  return {(height + block - 1) / block, (width + block - 1) / block};
}

std::vector<float> SplitBlocks(const ImageF& image, int block) {
  const BlockGrid grid = GridFor(image.shape.height, image.shape.width, block);
  std::vector<float> blocks(static_cast<size_t>(grid.count()) *
                            static_cast<size_t>(image.shape.channels * block * block));
  ForEachBlockRow(image.shape, block, [&](size_t from, size_t to, int length) {
    std::copy_n(image.data.begin() + static_cast<ptrdiff_t>(from),
                length,
                blocks.begin() + static_cast<ptrdiff_t>(to));
  });
  return blocks;
}

ImageF MergeBlocks(const std::vector<float>& blocks, Shape shape, int block) {
  const BlockGrid grid = GridFor(shape.height, shape.width, block);
  CHAOSENSE_CHECK(blocks.size() == static_cast<size_t>(grid.count()) *
                                       static_cast<size_t>(shape.channels * block * block));
  ImageF image(shape);
  ForEachBlockRow(shape, block, [&](size_t to, size_t from, int length) {
    std::copy_n(blocks.begin() + static_cast<ptrdiff_t>(from),
                length,
                image.data.begin() + static_cast<ptrdiff_t>(to));
  });
  return image;
}

}  // namespace chaosense
