#include "core/analysis/kaplan_yorke.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace chaosense {

double KaplanYorkeDimension(std::vector<double> exponents) {
  for (const double exponent : exponents) {
    if (std::isnan(exponent)) return std::numeric_limits<double>::quiet_NaN();
  }
  std::sort(exponents.begin(), exponents.end(), std::greater<>());
  double sum = 0;
  for (size_t j = 0; j < exponents.size(); ++j) {
    if (sum + exponents[j] < 0) return static_cast<double>(j) + sum / std::fabs(exponents[j]);
    sum += exponents[j];
  }
  return static_cast<double>(exponents.size());
}

}  // namespace chaosense
