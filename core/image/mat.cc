#include "core/image/mat.h"

#include "core/base/error.h"

namespace chaosense {

ImageU8 FromMat(const cv::Mat& mat) {
  const int channels = mat.channels();
  ImageU8 image(Shape{channels, mat.rows, mat.cols});
  for (int y = 0; y < mat.rows; ++y) {
    const uint8_t* row = mat.ptr<uint8_t>(y);
    for (int x = 0; x < mat.cols; ++x) {
      // OpenCV interleaves blue, green, red.
      for (int c = 0; c < channels; ++c) image.at(channels - 1 - c, y, x) = row[x * channels + c];
    }
  }
  return image;
}

cv::Mat ToMat(const ImageU8& image) {
  const int channels = image.shape.channels;
  CHAOSENSE_CHECK(channels == 1 || channels == 3);
  cv::Mat mat(image.shape.height, image.shape.width, CV_8UC(channels));
  for (int y = 0; y < mat.rows; ++y) {
    uint8_t* row = mat.ptr<uint8_t>(y);
    for (int x = 0; x < mat.cols; ++x) {
      for (int c = 0; c < channels; ++c) row[x * channels + c] = image.at(channels - 1 - c, y, x);
    }
  }
  return mat;
}

}  // namespace chaosense
