// A raster of counts: bifurcation diagrams, densities in the plane. Thousands of points become one
// picture of fixed size.
#ifndef CHAOSENSE_PLOTTING_HEAT_MAP_H_
#define CHAOSENSE_PLOTTING_HEAT_MAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "plotting/drawing.h"

namespace chaosense {

class HeatMap {
 public:
  // A raster of columns x rows over [x_low, x_high] x [y_low, y_high], all counts 0. x_low <
  // x_high, y_low < y_high.
  HeatMap(size_t columns, size_t rows, double x_low, double x_high, double y_low, double y_high);

  std::string id;
  std::string title;
  std::string x_title;
  std::string y_title;

  void Add(double x, double y);  // points outside, and those that are not numbers, do not count
  int64_t At(size_t column, size_t row) const { return counts_[row * columns_ + column]; }
  int64_t total() const { return total_; }

  // The CSV has a line for each row, the lowest y first. Shades are by the share of the column's
  // largest count, so that sparse columns show as well.
  Drawing Draw() const;

 private:
  size_t columns_;
  size_t rows_;
  double x_low_, x_high_, y_low_, y_high_;
  std::vector<int64_t> counts_;
  int64_t total_ = 0;
};

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_HEAT_MAP_H_
