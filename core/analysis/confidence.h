// Mean and confidence interval of a few repetitions.
#ifndef CHAOSENSE_CORE_ANALYSIS_CONFIDENCE_H_
#define CHAOSENSE_CORE_ANALYSIS_CONFIDENCE_H_

#include <span>
#include <vector>

namespace chaosense {

struct Confidence {
  double mean = 0;
  double deviation = 0;   // sample standard deviation; NaN for one value
  double half_width = 0;  // of the two-sided 95 % interval (Student's t); NaN for one value
};

// At least one value.
Confidence ConfidenceOf(std::span<const double> values);

double MedianOf(std::vector<double> values);  // at least one value

// Slope and correlation coefficient of y against x by least squares; at least two points.
struct Line {
  double slope = 0;
  double intercept = 0;
  double correlation = 0;  // NaN if y is constant
  double slope_error = 0;  // standard error of the slope; NaN for two points
};
Line FitLine(std::span<const double> x, std::span<const double> y);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_CONFIDENCE_H_
