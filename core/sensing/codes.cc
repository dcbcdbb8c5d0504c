#include "core/sensing/codes.h"

#include "core/base/error.h"

namespace chaosense {
namespace {

// Calls visit(index in Codes::values, channel, row, column of the arrangement).
template <typename Visit>
void ForEachCoefficient(BlockGrid grid, Shape block, Visit visit) {
  size_t i = 0;
  for (int by = 0; by < grid.rows; ++by) {
    for (int bx = 0; bx < grid.columns; ++bx) {
      for (int c = 0; c < block.channels; ++c) {
        for (int y = 0; y < block.height; ++y) {
          for (int x = 0; x < block.width; ++x)
            visit(i++, c, by * block.height + y, bx * block.width + x);
        }
      }
    }
  }
}

Shape ArrangedShape(BlockGrid grid, Shape block) {
  return {block.channels, grid.rows * block.height, grid.columns * block.width};
}

}  // namespace

template <typename T>
Planes<T> ArrangeAsImage(const Codes<T>& codes) {
  CHAOSENSE_CHECK(codes.values.size() ==
                  static_cast<size_t>(codes.grid.count()) * codes.coefficients());
  Planes<T> image(ArrangedShape(codes.grid, codes.block));
  ForEachCoefficient(codes.grid, codes.block, [&](size_t i, int c, int y, int x) {
    image.at(c, y, x) = codes.values[i];
  });
  return image;
}

template <typename T>
Codes<T> FromArrangement(const Planes<T>& image, BlockGrid grid, Shape block) {
  CHAOSENSE_CHECK(image.shape == ArrangedShape(grid, block));
  Codes<T> codes{grid, block, std::vector<T>(image.data.size())};
  ForEachCoefficient(
      grid, block, [&](size_t i, int c, int y, int x) { codes.values[i] = image.at(c, y, x); });
  return codes;
}

template Planes<uint8_t> ArrangeAsImage(const Codes<uint8_t>&);
template Planes<float> ArrangeAsImage(const Codes<float>&);
template Codes<uint8_t> FromArrangement(const Planes<uint8_t>&, BlockGrid, Shape);
template Codes<float> FromArrangement(const Planes<float>&, BlockGrid, Shape);

}  // namespace chaosense
