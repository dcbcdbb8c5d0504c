#include "plotting/plot.h"

#include <fmt/format.h>

#include "plotting/csv.h"
#include "plotting/plot_style.h"

namespace chaosense {
namespace {

std::string StyleOf(PlotStyle style, size_t i) {
  const char* color = CurveColor(i);
  switch (style) {
    case PlotStyle::kDots:
      return fmt::format("points pointtype 7 pointsize 0.15 linecolor rgb '{}'", color);
    case PlotStyle::kLine:
      return fmt::format("lines linewidth 1 linecolor rgb '{}'", color);
    case PlotStyle::kCurve:
      return fmt::format(
          "linespoints linewidth 1.5 pointsize 0.6 linecolor rgb '{}' dashtype {} pointtype {}",
          color,
          CurveDash(i),
          CurveSymbol(i));
    case PlotStyle::kSteps:
      return fmt::format("steps linewidth 1.2 linecolor rgb '{}'", color);
  }
  return "";
}

}  // namespace

Drawing DrawPlot(const PlotModel& plot) {
  Drawing drawing{plot.id, CsvLine({"series", "x", "y"}), "", true};
  for (const PlotSeries& series : plot.series) {
    for (const FigurePoint& point : series.points)
      drawing.csv += CsvLine({series.name, NumberText(point.x), NumberText(point.y)});
  }
  drawing.script = PlotHead(plot.id, plot.title, plot.x_title, plot.y_title) +
                   (plot.series.size() > 1 ? kPlotKey : "unset key\n");
  if (plot.zero_line)
    drawing.script += "set xzeroaxis linetype 1 linewidth 0.5 linecolor rgb '#808080'\n";
  std::string text = "plot";
  size_t first = 0;
  for (size_t i = 0; i < plot.series.size(); ++i) {
    const PlotSeries& series = plot.series[i];
    if (series.points.empty()) continue;
    text += fmt::format("{} \\\n  '{}.csv' skip 1 every ::{}::{} using 2:3 with {} title {}",
                        drawing.empty ? "" : ",",
                        plot.id,
                        first,
                        first + series.points.size() - 1,
                        StyleOf(series.style, i),
                        GnuplotText(series.name));
    first += series.points.size();
    drawing.empty = false;
  }
  drawing.script +=
      drawing.empty ? "# No points, so nothing is drawn.\n" : GnuplotPictures(plot.id, text);
  return drawing;
}

}  // namespace chaosense
