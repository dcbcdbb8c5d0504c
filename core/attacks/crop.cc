#include "core/attacks/crop.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {

const std::vector<std::string>& CropPlaceNames() {
  static const std::vector<std::string> names = {
      "center", "top_left", "top_right", "bottom_left", "bottom_right"};
  return names;
}

CropPlace CropPlaceByName(const std::string& name) {
  const auto& names = CropPlaceNames();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    throw ConfigError("unknown place \"{}\"{}", name, NearestAndAll(name, names));
  }
  return static_cast<CropPlace>(found - names.begin());
}

CropRectangle RectangleFor(Shape shape, double share, CropPlace place) {
  if (!(share >= 0 && share <= 1)) {
    throw ConfigError("cropping: share {} is out of range, expected 0 to 1", share);
  }
  const double area = share * shape.height * shape.width;
  const double side = std::sqrt(share);
  CropRectangle crop;
  if (area == 0) return crop;
  crop.height = std::clamp(static_cast<int>(std::lround(side * shape.height)), 1, shape.height);
  // The width makes up for the height's rounding.
  crop.width = std::clamp(static_cast<int>(std::lround(area / crop.height)), 1, shape.width);
  const int below = shape.height - crop.height;
  const int right = shape.width - crop.width;
  switch (place) {
    case CropPlace::kCentre:
      crop.top = below / 2;
      crop.left = right / 2;
      break;
    case CropPlace::kTopLeft:
      break;
    case CropPlace::kTopRight:
      crop.left = right;
      break;
    case CropPlace::kBottomLeft:
      crop.top = below;
      break;
    case CropPlace::kBottomRight:
      crop.top = below;
      crop.left = right;
      break;
  }
  return crop;
}

ImageU8 CropOut(const ImageU8& image, double share, CropPlace place) {
  const CropRectangle crop = RectangleFor(image.shape, share, place);
  ImageU8 left_over = image;
  for (int c = 0; c < image.shape.channels; ++c) {
    for (int y = crop.top; y < crop.top + crop.height; ++y) {
      std::fill_n(&left_over.data[left_over.index(c, y, crop.left)], crop.width, uint8_t{0});
    }
  }
  return left_over;
}

}  // namespace chaosense
