#include "core/metrics/glcm.h"

#include <cmath>

#include "core/base/error.h"

namespace chaosense {
namespace {

template <typename F>
double Sum(const std::vector<double>& matrix, F term) {
  const int levels = static_cast<int>(std::lround(std::sqrt(static_cast<double>(matrix.size()))));
  CHAOSENSE_CHECK(static_cast<size_t>(levels) * static_cast<size_t>(levels) == matrix.size());
  double sum = 0;
  for (int i = 0; i < levels; ++i) {
    for (int j = 0; j < levels; ++j)
      sum += term(i - j, matrix[static_cast<size_t>(i * levels + j)]);
  }
  return sum;
}

}  // namespace

std::vector<double> CooccurrenceMatrix(const ImageU8& image, int levels) {
  CHAOSENSE_CHECK(levels >= 2 && levels <= 256, "{} levels", levels);
  std::vector<double> matrix(static_cast<size_t>(levels * levels));
  int64_t pairs = 0;
  for (int channel = 0; channel < image.shape.channels; ++channel) {
    for (int row = 0; row < image.shape.height; ++row) {
      for (int column = 0; column + 1 < image.shape.width; ++column) {
        const int i = image.at(channel, row, column) * levels / 256;
        const int j = image.at(channel, row, column + 1) * levels / 256;
        matrix[static_cast<size_t>(i * levels + j)] += 1;
        ++pairs;
      }
    }
  }
  if (pairs > 0) {
    for (double& value : matrix) value /= static_cast<double>(pairs);
  }
  return matrix;
}

double GlcmContrast(const std::vector<double>& matrix) {
  return Sum(matrix, [](int difference, double p) { return difference * difference * p; });
}

double GlcmEnergy(const std::vector<double>& matrix) {
  return Sum(matrix, [](int, double p) { return p * p; });
}

double GlcmHomogeneity(const std::vector<double>& matrix) {
  return Sum(matrix, [](int difference, double p) { return p / (1 + std::abs(difference)); });
}

}  // namespace chaosense
