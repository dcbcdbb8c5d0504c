// From result rows to a figure: its data, a gnuplot script, and the pictures if gnuplot is there.
#ifndef CHAOSENSE_PLOTTING_FIGURE_H_
#define CHAOSENSE_PLOTTING_FIGURE_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "plotting/figure_spec.h"
#include "plotting/rows.h"

namespace chaosense {

struct FigurePoint {
  double x = 0;
  double y = 0;                               // inf and nan stay in the data and are not drawn
  std::optional<double> low = {}, high = {};  // of the band, where there are several results
  int64_t n = 1;                              // results that y is the mean of
};

struct FigureSeries {
  std::string name;                 // the axis value
  std::string label;                // what the key shows
  std::vector<FigurePoint> points;  // by x
};

struct FigureModel {
  std::string id;
  std::string title;
  std::string x_title;  // with unit
  std::string y_title;
  bool log_x = false;
  std::vector<FigureSeries> series;
  bool bands = false;  // some points have one
};

// Results of several seeds (or of the spec's `over` axes) are averaged. Throws Error(kConfig),
// naming the axes that differ, if several results would be one point.
FigureModel BuildFigure(const FigureSpec& spec, const std::vector<ResultRow>& rows);

// "series,x,y", one point a line; with bands "series,x,y,low,high,n".
std::string FigureCsv(const FigureModel& figure);

// A gnuplot script that reads <id>.csv and writes <id>.svg, .pdf and .png in its own folder, in the
// style of plot_style.h.
std::string FigureScript(const FigureModel& figure);

// The files of drawing.h.
std::vector<std::string> WriteFigures(const std::vector<FigureModel>& figures,
                                      const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_FIGURE_H_
