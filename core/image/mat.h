// Pictures as OpenCV holds them: interleaved, blue first. For code that calls OpenCV.
#ifndef CHAOSENSE_CORE_IMAGE_MAT_H_
#define CHAOSENSE_CORE_IMAGE_MAT_H_

#include <opencv2/core.hpp>

#include "core/image/image.h"

namespace chaosense {

// mat: 8-bit, 1 or 3 channels.
ImageU8 FromMat(const cv::Mat& mat);
cv::Mat ToMat(const ImageU8& image);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_IMAGE_MAT_H_
