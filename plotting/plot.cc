#include "plotting/plot.h"

#include <fmt/format.h>

#include "plotting/csv.h"

namespace chaosense {
namespace {

// Okabe and Ito, "Color Universal Design" (2008), as in figure.cc.
constexpr const char* kColors[] = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9", "#F0E442"};

std::string StyleOf(PlotStyle style, size_t i) {
  const char* color = kColors[i % std::size(kColors)];
  switch (style) {
    case PlotStyle::kDots:
      return fmt::format("points pointtype 7 pointsize 0.15 linecolor rgb '{}'", color);
    case PlotStyle::kLine:
      return fmt::format("lines linewidth 1 linecolor rgb '{}'", color);
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
  drawing.script = fmt::format(
      "# Draws {0}.svg and {0}.pdf from {0}.csv: gnuplot {0}.gp\n"
      "set encoding utf8\n"
      "set datafile separator ','\n"
      "set datafile missing 'nan'\n"
      "set title {1} noenhanced\n"
      "set xlabel {2} noenhanced\n"
      "set ylabel {3} noenhanced\n"
      "set tics out nomirror\n"
      "set border 3\n"
      "{4}{5}",
      plot.id,
      GnuplotText(plot.title),
      GnuplotText(plot.x_title),
      GnuplotText(plot.y_title),
      plot.series.size() > 1 ? "set key outside right center Left reverse noenhanced\n"
                             : "unset key\n",
      plot.zero_line ? "set xzeroaxis linetype 1 linewidth 0.5 linecolor rgb '#808080'\n" : "");
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
