// From result rows to a figure: its data, a gnuplot script, and the pictures if gnuplot is there.
#ifndef CHAOSENSE_PLOTTING_FIGURE_H_
#define CHAOSENSE_PLOTTING_FIGURE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "plotting/figure_spec.h"
#include "plotting/rows.h"

namespace chaosense {

struct FigurePoint {
  double x = 0;
  double y = 0;     // inf and nan stay in the data and are not drawn
  double half = 0;  // of the error bar; 0 without one
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
  bool interval = false;  // the points have error bars
};

// Results of several seeds are averaged. Throws Error(kConfig), naming the axes that differ, if
// several results would be one point.
FigureModel BuildFigure(const FigureSpec& spec, const std::vector<ResultRow>& rows);

// "series,x,y", one point a line; with error bars "series,x,y,half_interval".
std::string FigureCsv(const FigureModel& figure);

// A gnuplot script that reads <id>.csv and writes <id>.svg and <id>.pdf in its own folder. Colours
// of Okabe and Ito (2008), which colour-blind readers tell apart; each curve has a dash and a
// symbol of its own as well, for print without colour.
std::string FigureScript(const FigureModel& figure);

// The files of drawing.h.
std::vector<std::string> WriteFigures(const std::vector<FigureModel>& figures,
                                      const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_FIGURE_H_
