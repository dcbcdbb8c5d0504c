#include "core/cipher/scramble.h"

#include <algorithm>

#include "core/base/error.h"

namespace chaosense {
namespace {

std::vector<uint32_t> DrawSteps(Keystream& keystream, size_t lines, size_t length) {
  std::vector<uint32_t> steps(lines, 0);
  if (length > 1) {
    for (uint32_t& step : steps) step = 1 + keystream.NextBelow(static_cast<uint32_t>(length - 1));
  }
  return steps;
}

// Row i goes right by steps[i], or left if `back`.
void SlideRows(std::vector<uint8_t>& data,
               size_t width,
               const std::vector<uint32_t>& steps,
               bool back) {
  for (size_t row = 0; row < steps.size(); ++row) {
    const auto first = data.begin() + static_cast<std::ptrdiff_t>(row * width);
    const size_t left = back ? steps[row] : (width - steps[row]) % std::max<size_t>(width, 1);
    std::rotate(first,
                first + static_cast<std::ptrdiff_t>(left),
                first + static_cast<std::ptrdiff_t>(width));
  }
}

// Column j goes down by steps[j], or up if `back`. Row by row, for the cache's sake.
void SlideColumns(std::vector<uint8_t>& data,
                  size_t height,
                  const std::vector<uint32_t>& steps,
                  bool back) {
  const size_t width = steps.size();
  std::vector<uint8_t> moved(data.size());
  std::vector<size_t> source(
      width);  // the row that each column of the current row takes its byte from
  for (size_t j = 0; j < width; ++j) source[j] = back ? steps[j] : (height - steps[j]) % height;
  for (size_t i = 0; i < height; ++i) {
    for (size_t j = 0; j < width; ++j) {
      moved[i * width + j] = data[source[j] * width + j];
      if (++source[j] == height) source[j] = 0;
    }
  }
  data.swap(moved);
}

}  // namespace

SlideSteps DrawSlideSteps(Keystream& keystream, Shape shape, int rounds) {
  const size_t width = static_cast<size_t>(shape.width);
  const size_t height = static_cast<size_t>(shape.channels) * static_cast<size_t>(shape.height);
  SlideSteps steps;
  for (int round = 0; round < rounds; ++round) {
    steps.rows.push_back(DrawSteps(keystream, height, width));
    steps.columns.push_back(DrawSteps(keystream, width, height));
  }
  return steps;
}

void Scramble(ImageU8& image, const SlideSteps& steps) {
  CHAOSENSE_CHECK(image.data.size() == image.shape.size());
  if (image.data.empty()) return;
  for (size_t round = 0; round < steps.rows.size(); ++round) {
    SlideRows(image.data, steps.columns[round].size(), steps.rows[round], false);
    SlideColumns(image.data, steps.rows[round].size(), steps.columns[round], false);
  }
}

void Unscramble(ImageU8& image, const SlideSteps& steps) {
  CHAOSENSE_CHECK(image.data.size() == image.shape.size());
  if (image.data.empty()) return;
  for (size_t round = steps.rows.size(); round-- > 0;) {
    SlideColumns(image.data, steps.rows[round].size(), steps.columns[round], true);
    SlideRows(image.data, steps.columns[round].size(), steps.rows[round], true);
  }
}

}  // namespace chaosense
