// Pictures and PSNR for the tests of networks.
#ifndef CHAOSENSE_TESTS_UNIT_NETS_TEST_PICTURES_H_
#define CHAOSENSE_TESTS_UNIT_NETS_TEST_PICTURES_H_

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/image/image.h"
#include "core/image/image_io.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// A sum of random plane waves of falling amplitude in [0, 1]: correlated like a picture.
inline ImageF SmoothPicture(int channels, int height, int width, uint64_t seed) {
  RandomStream random("test picture " + std::to_string(seed));
  ImageF image(Shape{channels, height, width});
  std::fill(image.data.begin(), image.data.end(), 0.5f);
  for (int wave = 1; wave <= 12; ++wave) {
    const double fx = random.Normal() * 0.05 * wave;
    const double fy = random.Normal() * 0.05 * wave;
    for (int c = 0; c < channels; ++c) {
      const double amplitude = 0.2 * random.Normal() / wave;
      const double phase = 6.283 * random.Uniform();
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          image.at(c, y, x) += static_cast<float>(amplitude * std::cos(fx * x + fy * y + phase));
        }
      }
    }
  }
  for (float& value : image.data) value = std::clamp(value, 0.0f, 1.0f);
  return image;
}

// dB, unclipped, peak 1.
inline double PsnrOf(const ImageF& a, const ImageF& b) {
  double sum = 0;
  for (size_t i = 0; i < a.data.size(); ++i) {
    const double d = static_cast<double>(a.data[i]) - b.data[i];
    sum += d * d;
  }
  return -10 * std::log10(sum / static_cast<double>(a.data.size()));
}

// By name of the picture's file, without its extension.
inline std::map<std::string, double> PsnrOnSet11(const Reconstructor& method,
                                                 const std::filesystem::path& data) {
  std::map<std::string, double> result;
  for (const auto& entry : std::filesystem::directory_iterator(data / "set11/gray_png")) {
    const ImageF image = ToFloat(LoadImage(entry.path(), ColorMode::kGray));
    result[entry.path().stem().string()] =
        PsnrOf(image, method.Reconstruct(method.Sense(image), image.shape));
  }
  return result;
}

inline double MeanPsnrOnSet11(const Reconstructor& method, const std::filesystem::path& data) {
  double sum = 0;
  const std::map<std::string, double> all = PsnrOnSet11(method, data);
  for (const auto& [name, psnr] : all) sum += psnr;
  return sum / static_cast<double>(all.size());
}

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_NETS_TEST_PICTURES_H_
