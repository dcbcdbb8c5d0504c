// Images as planes: channel-major, then rows (CHW), contiguous. Colour is RGB, gray is one channel.
// 8-bit at the edge and in cipher code; float in [0, 1] in quality code.
#ifndef CHAOSENSE_CORE_IMAGE_IMAGE_H_
#define CHAOSENSE_CORE_IMAGE_IMAGE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chaosense {

struct Shape {
  int channels = 1;
  int height = 0;
  int width = 0;
  size_t size() const {
    return static_cast<size_t>(channels) * static_cast<size_t>(height) * static_cast<size_t>(width);
  }
  bool operator==(const Shape&) const = default;
};

template <typename T>
struct Planes {
  Shape shape;
  std::vector<T> data;  // shape.size() values

  Planes() = default;
  explicit Planes(Shape s) : shape(s), data(s.size()) {}
  Planes(Shape s, std::vector<T> values) : shape(s), data(std::move(values)) {}

  size_t index(int channel, int row, int column) const {
    return (static_cast<size_t>(channel) * static_cast<size_t>(shape.height) +
            static_cast<size_t>(row)) *
               static_cast<size_t>(shape.width) +
           static_cast<size_t>(column);
  }
  T& at(int channel, int row, int column) { return data[index(channel, row, column)]; }
  const T& at(int channel, int row, int column) const { return data[index(channel, row, column)]; }
  bool operator==(const Planes&) const = default;
};

using ImageU8 = Planes<uint8_t>;
using ImageF = Planes<float>;

ImageF ToFloat(const ImageU8& image);  // v / 255
// round(255 v) clipped to 0..255 (halves away from zero); a NaN becomes 0.
ImageU8 ToU8(const ImageF& image);

// Gray from RGB by BT.601 (0.299 R + 0.587 G + 0.114 B), rounded; a gray image is returned as it
// is.
ImageU8 ToGray(const ImageU8& image);
ImageF ReplicateChannels(const ImageF& gray, int channels);
ImageF MeanOfChannels(const ImageF& image);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_IMAGE_IMAGE_H_
