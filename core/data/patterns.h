// Pictures an attacker would choose to have encrypted (the paper's Fig. 8), and other extremes.
#ifndef CHAOSENSE_CORE_DATA_PATTERNS_H_
#define CHAOSENSE_CORE_DATA_PATTERNS_H_

#include <string>
#include <vector>

#include "core/image/image.h"

namespace chaosense {

// black, white, gray (128), halves (left black, right white), dot (black, but one white pixel in
// the middle), checkerboard (single pixels), ramp (columns from 0 to 255).
const std::vector<std::string>& PatternNames();

// RGB with equal channels. index: into PatternNames().
ImageU8 Pattern(int index, int height, int width);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_PATTERNS_H_
