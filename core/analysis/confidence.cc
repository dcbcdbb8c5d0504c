#include "core/analysis/confidence.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace chaosense {

Confidence ConfidenceOf(std::span<const double> values) {
  CHAOSENSE_CHECK(!values.empty());
  const auto n = static_cast<double>(values.size());
  Confidence result;
  for (const double value : values) result.mean += value;
  result.mean /= n;
  if (values.size() == 1) {
    result.deviation = result.half_width = std::numeric_limits<double>::quiet_NaN();
    return result;
  }
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / (n - 1));
  const boost::math::students_t_distribution<double> student(n - 1);
  result.half_width = boost::math::quantile(student, 0.975) * result.deviation / std::sqrt(n);
  return result;
}

double MedianOf(std::vector<double> values) {
  CHAOSENSE_CHECK(!values.empty());
  const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

Line FitLine(std::span<const double> x, std::span<const double> y) {
  CHAOSENSE_CHECK(x.size() == y.size() && x.size() >= 2);
  const auto n = static_cast<double>(x.size());
  double mean_x = 0;
  double mean_y = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  Line line;
  line.slope = xy / xx;
  line.intercept = mean_y - line.slope * mean_x;
  line.correlation = yy > 0 ? xy / std::sqrt(xx * yy) : std::numeric_limits<double>::quiet_NaN();
  line.slope_error = x.size() > 2 ? std::sqrt(std::max(0.0, yy - line.slope * xy) / (n - 2) / xx)
                                  : std::numeric_limits<double>::quiet_NaN();
  return line;
}

}  // namespace chaosense
