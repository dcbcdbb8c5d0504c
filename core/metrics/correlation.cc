#include "core/metrics/correlation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Step {
  int row;
  int column;
};

Step StepOf(Neighbour neighbour) {
  switch (neighbour) {
    case Neighbour::kHorizontal:
      return {0, 1};
    case Neighbour::kVertical:
      return {1, 0};
    case Neighbour::kDiagonal:
      return {1, 1};
  }
  CHAOSENSE_CHECK(false, "bad neighbour");
}

// Integer sums: exact, so a constant side is recognised for certain. 255^2 * 2^47 pairs fit.
class PairSums {
 public:
  void Add(uint8_t x, uint8_t y) {
    ++n_;
    x_ += x;
    y_ += y;
    xx_ += x * x;
    yy_ += y * y;
    xy_ += x * y;
  }
  Correlation Get() const {
    const long double n = static_cast<long double>(n_);
    const long double dx = n * static_cast<long double>(xx_) -
                           static_cast<long double>(x_) * static_cast<long double>(x_);
    const long double dy = n * static_cast<long double>(yy_) -
                           static_cast<long double>(y_) * static_cast<long double>(y_);
    const long double cov = n * static_cast<long double>(xy_) -
                            static_cast<long double>(x_) * static_cast<long double>(y_);
    if (n_ < 2 || dx <= 0 || dy <= 0) return {kNan, n_};
    return {std::clamp(static_cast<double>(cov / std::sqrt(dx * dy)), -1.0, 1.0), n_};
  }

 private:
  int64_t n_ = 0, x_ = 0, y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

}  // namespace

Correlation AdjacentCorrelation(const ImageU8& image, Neighbour neighbour) {
  const Step step = StepOf(neighbour);
  PairSums sums;
  for (int channel = 0; channel < image.shape.channels; ++channel) {
    for (int row = 0; row + step.row < image.shape.height; ++row) {
      for (int column = 0; column + step.column < image.shape.width; ++column) {
        sums.Add(image.at(channel, row, column),
                 image.at(channel, row + step.row, column + step.column));
      }
    }
  }
  return sums.Get();
}

Correlation SampledCorrelation(const ImageU8& image,
                               Neighbour neighbour,
                               int64_t pairs,
                               RandomStream& random) {
  const Step step = StepOf(neighbour);
  const int rows = image.shape.height - step.row;
  const int columns = image.shape.width - step.column;
  if (rows < 1 || columns < 1 || image.shape.channels < 1) return {kNan, 0};
  PairSums sums;
  for (int64_t i = 0; i < pairs; ++i) {
    const int channel = static_cast<int>(random.UniformInt(image.shape.channels));
    const int row = static_cast<int>(random.UniformInt(rows));
    const int column = static_cast<int>(random.UniformInt(columns));
    sums.Add(image.at(channel, row, column),
             image.at(channel, row + step.row, column + step.column));
  }
  return sums.Get();
}

double CorrelationPValue(const Correlation& correlation) {
  if (std::isnan(correlation.r) || correlation.pairs < 4) return kNan;
  const double z =
      std::atanh(correlation.r) * std::sqrt(static_cast<double>(correlation.pairs - 3));
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

double CorrelationBound(int64_t pairs) {
  return pairs < 2 ? kNan : 1.96 / std::sqrt(static_cast<double>(pairs - 1));
}

}  // namespace chaosense
