#include "plotting/figure.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/metrics/metric.h"
#include "plotting/csv.h"
#include "plotting/drawing.h"
#include "plotting/table_grid.h"
#include "plotting/table_spec.h"

namespace chaosense {
namespace {

// The figure as a table of the same results: a row for each point, columns by series and metric. So
// both treat filters, seeds and ambiguities alike.
TableSpec AsTable(const FigureSpec& spec) {
  TableSpec table;
  table.where = spec.where;
  table.kind = "figure";
  table.keep_apart = "filter it, or make it the series";
  table.id = spec.id;
  table.metrics = {spec.y};
  if (!spec.x_is_axis()) table.metrics.push_back(spec.x);
  table.rows = {spec.points};
  table.columns = {spec.series, "metric"};
  table.filter = spec.filter;
  table.order = spec.order;
  table.published = false;
  table.published_only = PublishedOnly::kNone;
  return table;
}

std::string LabelOf(const FigureSpec& spec, const std::string& name, const std::string& otherwise) {
  const auto found = spec.labels.find(name);
  return found != spec.labels.end() ? found->second : otherwise;
}

std::string AxisTitle(const FigureSpec& spec, const std::string& name) {
  if (name == "rate") return LabelOf(spec, name, "sampling rate") + " (measurements per pixel)";
  if (IsAxis(name)) return LabelOf(spec, name, name);
  const MetricInfo& metric = MetricByName(name);
  const std::string title = LabelOf(spec, name, name);
  return metric.unit.empty() ? title : fmt::format("{} ({})", title, metric.unit);
}

// The mean over the seeds; nothing where nothing was measured.
std::optional<double> ValueOf(const GridEntry& entry) {
  if (!entry.measured()) return std::nullopt;
  double sum = 0;
  for (const ResultRow* row : entry.ours) sum += row->value;
  return sum / static_cast<double>(entry.ours.size());
}

struct Style {
  const char* color;
  int symbol;  // gnuplot's point type: filled and open circle, square, triangle, ...
};
// Okabe and Ito, "Color Universal Design" (2008); yellow last, as it is faint on white.
constexpr Style kStyles[] = {{"#0072B2", 7},
                             {"#D55E00", 5},
                             {"#009E73", 9},
                             {"#CC79A7", 13},
                             {"#000000", 6},
                             {"#E69F00", 4},
                             {"#56B4E9", 8},
                             {"#F0E442", 12}};
constexpr size_t kDashes = 5;  // gnuplot's dash types 1 (solid) to 5

}  // namespace

FigureModel BuildFigure(const FigureSpec& spec, const std::vector<ResultRow>& rows) {
  const TableGrid grid = MakeGrid(AsTable(spec), rows);
  FigureModel figure{spec.id,
                     spec.title.empty() ? spec.id : spec.title,
                     AxisTitle(spec, spec.x),
                     AxisTitle(spec, spec.y),
                     spec.log_x,
                     {},
                     spec.interval};
  const auto column_of = [&](const std::string& series, const std::string& metric) {
    const auto at =
        std::find(grid.columns.begin(), grid.columns.end(), TableGrid::Tuple{series, metric});
    return at == grid.columns.end() ? std::optional<size_t>()
                                    : static_cast<size_t>(at - grid.columns.begin());
  };
  for (const TableGrid::Tuple& column : grid.columns) {
    if (column[1] != spec.y) continue;
    FigureSeries series{column[0], LabelOf(spec, column[0], column[0]), {}};
    const std::optional<size_t> y_column = column_of(column[0], spec.y);
    const std::optional<size_t> x_column =
        spec.x_is_axis() ? std::nullopt : column_of(column[0], spec.x);
    for (size_t r = 0; r < grid.rows.size(); ++r) {
      const std::optional<double> x = spec.x_is_axis() ? ParseNumber(grid.rows[r][0])
                                      : x_column       ? ValueOf(grid.cells[r][*x_column])
                                                       : std::nullopt;
      const std::optional<double> y = ValueOf(grid.cells[r][*y_column]);
      if (!x || !y) continue;
      const double half = spec.interval ? HalfInterval(grid.cells[r][*y_column]).value_or(0) : 0;
      series.points.push_back({*x, *y, half});
    }
    std::stable_sort(series.points.begin(),
                     series.points.end(),
                     [](const FigurePoint& a, const FigurePoint& b) { return a.x < b.x; });
    if (!series.points.empty()) figure.series.push_back(std::move(series));
  }
  return figure;
}

std::string FigureCsv(const FigureModel& figure) {
  std::vector<std::string> header = {"series", "x", "y"};
  if (figure.interval) header.push_back("half_interval");
  std::string text = CsvLine(header);
  for (const FigureSeries& series : figure.series) {
    for (const FigurePoint& point : series.points) {
      std::vector<std::string> line = {series.name, NumberText(point.x), NumberText(point.y)};
      if (figure.interval) line.push_back(NumberText(point.half));
      text += CsvLine(line);
    }
  }
  return text;
}

std::string FigureScript(const FigureModel& figure) {
  std::string text = fmt::format(
      "# Draws {0}.svg and {0}.pdf from {0}.csv: gnuplot {0}.gp\n"
      "set encoding utf8\n"
      "set datafile separator ','\n"
      "set title {1} noenhanced\n"
      "set xlabel {2} noenhanced\n"
      "set ylabel {3} noenhanced\n"
      "set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'\n"
      "set key outside right center Left reverse noenhanced\n"
      "set tics out nomirror\n"
      "set border 3\n",
      figure.id,
      GnuplotText(figure.title),
      GnuplotText(figure.x_title),
      GnuplotText(figure.y_title));
  if (figure.log_x) text += "set logscale x\n";
  for (size_t i = 0; i < figure.series.size(); ++i) {
    const Style& style = kStyles[i % std::size(kStyles)];
    text += fmt::format(
        "set linetype {} linecolor rgb '{}' dashtype {} pointtype {} pointsize 0.8 linewidth 1.5\n",
        i + 1,
        style.color,
        i % kDashes + 1,
        style.symbol);
  }
  if (figure.series.empty()) return text + "# No results, so nothing is drawn.\n";
  // A series is told by its lines in the file, so that its name may hold anything.
  std::string plot = "plot";
  size_t first = 0;
  for (size_t i = 0; i < figure.series.size(); ++i) {
    const size_t count = figure.series[i].points.size();
    plot += fmt::format("{} \\\n  '{}.csv' skip 1 every ::{}::{} using {} linetype {} title {}",
                        i == 0 ? "" : ",",
                        figure.id,
                        first,
                        first + count - 1,
                        figure.interval ? "2:3:4 with yerrorlines" : "2:3 with linespoints",
                        i + 1,
                        GnuplotText(figure.series[i].label));
    first += count;
  }
  return text + fmt::format(
                    "set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'\n"
                    "set output '{0}.svg'\n"
                    "{1}\n"
                    "set terminal pdfcairo size 16cm,10cm font 'Helvetica,10'\n"
                    "set output '{0}.pdf'\n"
                    "replot\n"
                    "unset output\n",
                    figure.id,
                    plot);
}

}  // namespace chaosense
