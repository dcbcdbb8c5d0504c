#include "plotting/heat_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "plotting/plot_style.h"
#include "plotting/rows.h"

namespace chaosense {

HeatMap::HeatMap(
    size_t columns, size_t rows, double x_low, double x_high, double y_low, double y_high)
    : columns_(columns),
      rows_(rows),
      x_low_(x_low),
      x_high_(x_high),
      y_low_(y_low),
      y_high_(y_high),
      counts_(columns * rows, 0) {
  CHAOSENSE_CHECK(columns >= 1 && rows >= 1 && x_low < x_high && y_low < y_high);
}

void HeatMap::Add(double x, double y) {
  if (!(x >= x_low_ && x <= x_high_ && y >= y_low_ && y <= y_high_)) return;
  const auto place = [](double value, double low, double high, size_t count) {
    const auto at = static_cast<size_t>((value - low) / (high - low) * static_cast<double>(count));
    return std::min(at, count - 1);
  };
  ++counts_[place(y, y_low_, y_high_, rows_) * columns_ + place(x, x_low_, x_high_, columns_)];
  ++total_;
}

Drawing HeatMap::Draw() const {
  Drawing drawing{id, "", "", total_ == 0};
  std::vector<double> most(columns_, 1);
  for (size_t row = 0; row < rows_; ++row) {
    for (size_t column = 0; column < columns_; ++column)
      most[column] = std::max(most[column], static_cast<double>(At(column, row)));
  }
  for (size_t row = 0; row < rows_; ++row) {
    for (size_t column = 0; column < columns_; ++column) {
      // Whole numbers up to 100, the square root of the share: rarely visited places stay visible.
      const double share = static_cast<double>(At(column, row)) / most[column];
      drawing.csv +=
          fmt::format("{}{}", column == 0 ? "" : ",", std::lround(100 * std::sqrt(share)));
    }
    drawing.csv += '\n';
  }
  const double dx = (x_high_ - x_low_) / static_cast<double>(columns_);
  const double dy = (y_high_ - y_low_) / static_cast<double>(rows_);
  drawing.script =
      PlotHead(id, title, x_title, y_title) +
      fmt::format(
          "# {0}.csv: a raster of x {1} .. {2} by y {3} .. {4}, lowest y first; 100 times the root "
          "of a\n# cell's count over the largest of its column.\n"
          "unset key\n"
          "unset colorbox\n"
          "set palette defined (0 '#FFFFFF', 1 '#A6C8E0', 30 '#0072B2', 100 '#000000')\n"
          "set cbrange [0:100]\n"
          "set xrange [{1}:{2}]\n"
          "set yrange [{3}:{4}]\n",
          id,
          NumberText(x_low_),
          NumberText(x_high_),
          NumberText(y_low_),
          NumberText(y_high_));
  const std::string plot =
      fmt::format("plot '{}.csv' matrix using ({} + $1 * {}):({} + $2 * {}):3 with image",
                  id,
                  NumberText(x_low_ + dx / 2),
                  NumberText(dx),
                  NumberText(y_low_ + dy / 2),
                  NumberText(dy));
  drawing.script +=
      drawing.empty ? "# No points, so nothing is drawn.\n" : GnuplotPictures(id, plot);
  return drawing;
}

}  // namespace chaosense
