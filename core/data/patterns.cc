#include "core/data/patterns.h"

#include "core/base/error.h"

namespace chaosense {
namespace {

uint8_t PixelOf(const std::string& name, int y, int x, int height, int width) {
  if (name == "black") return 0;
  if (name == "white") return 255;
  if (name == "gray") return 128;
  if (name == "halves") return 2 * x < width ? 0 : 255;
  if (name == "dot") return y == height / 2 && x == width / 2 ? 255 : 0;
  if (name == "checkerboard") return (x + y) % 2 == 0 ? 0 : 255;
  CHAOSENSE_CHECK(name == "ramp");
  return static_cast<uint8_t>(width == 1 ? 0 : (510 * x + width - 1) / (2 * (width - 1)));
}

}  // namespace

const std::vector<std::string>& PatternNames() {
  static const std::vector<std::string> names = {
      "black", "white", "gray", "halves", "dot", "checkerboard", "ramp"};
  return names;
}

ImageU8 Pattern(int index, int height, int width) {
  CHAOSENSE_CHECK(index >= 0 && static_cast<size_t>(index) < PatternNames().size());
  const std::string& name = PatternNames()[static_cast<size_t>(index)];
  ImageU8 image(Shape{3, height, width});
  for (int c = 0; c < 3; ++c) {
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) image.at(c, y, x) = PixelOf(name, y, x, height, width);
    }
  }
  return image;
}

}  // namespace chaosense
