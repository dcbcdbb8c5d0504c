// Cropping: a rectangle of the ciphertext is lost and arrives as zeros (the paper's Fig. 7).
#ifndef CHAOSENSE_CORE_ATTACKS_CROP_H_
#define CHAOSENSE_CORE_ATTACKS_CROP_H_

#include <string>
#include <vector>

#include "core/image/image.h"

namespace chaosense {

enum class CropPlace { kCentre, kTopLeft, kTopRight, kBottomLeft, kBottomRight };

// "center", "top_left", "top_right", "bottom_left", "bottom_right".
const std::vector<std::string>& CropPlaceNames();
// Throws Error(kConfig) with the nearest name.
CropPlace CropPlaceByName(const std::string& name);

struct CropRectangle {
  int top = 0;
  int left = 0;
  int height = 0;
  int width = 0;
};

// The rectangle at `place` that covers `share` of a plane as nearly as whole pixels allow, with the
// plane's proportions. Throws Error(kConfig) unless share is in [0, 1].
CropRectangle RectangleFor(Shape shape, double share, CropPlace place);

// The same rectangle of every channel set to 0.
ImageU8 CropOut(const ImageU8& image, double share, CropPlace place);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ATTACKS_CROP_H_
