// Points, lines and steps of numbers that are no result rows: phase portraits, densities, exponents
// along a parameter.
#ifndef CHAOSENSE_PLOTTING_PLOT_H_
#define CHAOSENSE_PLOTTING_PLOT_H_

#include <string>
#include <vector>

#include "plotting/drawing.h"
#include "plotting/figure.h"

namespace chaosense {

// kCurve: a line with symbols, told apart without colour too.
enum class PlotStyle { kDots, kLine, kSteps, kCurve };

struct PlotSeries {
  std::string name;
  PlotStyle style = PlotStyle::kLine;
  std::vector<FigurePoint> points;  // inf and nan stay in the data and are not drawn
};

struct PlotModel {
  std::string id;
  std::string title;
  std::string x_title;
  std::string y_title;
  bool zero_line = false;  // a line at y = 0
  std::vector<PlotSeries> series;
};

// CSV "series,x,y", one point a line.
Drawing DrawPlot(const PlotModel& plot);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_PLOT_H_
