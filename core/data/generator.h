// Pictures made by program: "dead leaves" (random discs, ellipses and rectangles that occlude each
// other). With radii distributed as r^-3 the model has the two statistics of photographs that
// matter here: edges from occlusion, and a power spectrum falling as 1/f^2 (A. B. Lee, D. Mumford,
// J. Huang, "Occlusion models for natural images", IJCV 41, 2001). So everything can be tried,
// trained and tested without downloading a picture.
#ifndef CHAOSENSE_CORE_DATA_GENERATOR_H_
#define CHAOSENSE_CORE_DATA_GENERATOR_H_

#include <string>

#include "core/base/json.h"
#include "core/image/image.h"

namespace chaosense {

// Raised whenever the same settings would give other pixels.
inline constexpr int kGeneratorRevision = 1;

struct GeneratorSettings {
  // "leaves", or "patterns": the pictures of core/data/patterns.h, which know images, height and
  // width alone.
  std::string kind = "leaves";
  int64_t seed = 0;
  int images = 1;    // 1..10000
  int height = 256;  // 16..4096
  int width = 256;
  double min_radius = 3.0;  // in pixels, 0.5..64: the smallest leaf
  double max_radius = 256;  // min_radius..4096
  double texture =
      0.08;  // 0..0.5: the amplitude of 1/f texture on the leaves, as a fraction of white
};

// Throws Error(kConfig) naming `where` and the key for anything unknown, missing or out of range.
GeneratorSettings ParseGeneratorSettings(const Json& json, const std::string& where);
Json GeneratorSettingsToJson(const GeneratorSettings& settings);

// Picture `index` of the set: RGB, a function of seed, index and settings alone. Only additions,
// multiplications, divisions and square roots are used, which IEEE 754 rounds alike everywhere: the
// pixels are the same on every machine.
ImageU8 GenerateImage(const GeneratorSettings& settings, int index);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_DATA_GENERATOR_H_
