#include "core/image/image.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace chaosense {

ImageF ToFloat(const ImageU8& image) {
  ImageF result(image.shape);
  std::transform(image.data.begin(), image.data.end(), result.data.begin(), [](uint8_t v) {
    return static_cast<float>(v) / 255.0f;
  });
  return result;
}

ImageU8 ToU8(const ImageF& image) {
  ImageU8 result(image.shape);
  std::transform(image.data.begin(), image.data.end(), result.data.begin(), [](float v) {
    if (!(v > 0)) return uint8_t{0};  // also NaN
    return static_cast<uint8_t>(std::lround(std::min(v, 1.0f) * 255.0f));
  });
  return result;
}

ImageU8 ToGray(const ImageU8& image) {
  if (image.shape.channels == 1) return image;
  CHAOSENSE_CHECK(image.shape.channels == 3);
  ImageU8 gray(Shape{1, image.shape.height, image.shape.width});
  const size_t n = gray.data.size();
  for (size_t i = 0; i < n; ++i) {
    // 14-bit fixed point, the weights of OpenCV's cvtColor.
    const unsigned sum =
        4899u * image.data[i] + 9617u * image.data[n + i] + 1868u * image.data[2 * n + i];
    gray.data[i] = static_cast<uint8_t>((sum + (1u << 13)) >> 14);
  }
  return gray;
}

ImageF ReplicateChannels(const ImageF& gray, int channels) {
  CHAOSENSE_CHECK(gray.shape.channels == 1);
  ImageF result(Shape{channels, gray.shape.height, gray.shape.width});
  for (int c = 0; c < channels; ++c)
    std::copy(gray.data.begin(), gray.data.end(), &result.at(c, 0, 0));
  return result;
}

ImageF MeanOfChannels(const ImageF& image) {
  ImageF result(Shape{1, image.shape.height, image.shape.width});
  const size_t n = result.data.size();
  for (size_t i = 0; i < n; ++i) {
    float sum = 0;
    for (int c = 0; c < image.shape.channels; ++c)
      sum += image.data[static_cast<size_t>(c) * n + i];
    result.data[i] = sum / static_cast<float>(image.shape.channels);
  }
  return result;
}

}  // namespace chaosense
