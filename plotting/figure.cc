#include "plotting/figure.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/metrics/metric.h"
#include "core/metrics/paired.h"
#include "plotting/csv.h"
#include "plotting/drawing.h"
#include "plotting/plot_style.h"
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
  table.over = spec.over;
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

// The mean; nothing where nothing was measured.
std::optional<double> ValueOf(const GridEntry& entry) {
  return entry.measured() ? std::optional(MeanOf(entry.ours)) : std::nullopt;
}

// y of a point, with its band.
void SetHeight(const FigureSpec& spec, const GridEntry& entry, FigurePoint& point) {
  std::vector<double> values;
  for (const ResultRow* row : entry.ours) values.push_back(row->value);
  const SampleSummary summary = Summarise(values);
  point.y = summary.mean;
  point.n = summary.n;
  const std::optional<double> half =
      spec.band == Band::kInterval ? summary.half_width : summary.deviation;
  if (spec.band == Band::kNone || !half || !std::isfinite(*half)) return;
  point.low = point.y - *half;
  point.high = point.y + *half;
}

std::string BandNote(const FigureSpec& spec) {
  if (spec.band == Band::kNone) return "";
  return fmt::format(
      " (bands: {} over {}s)",
      spec.band == Band::kInterval ? "95 % interval of the mean" : "sample standard deviation",
      fmt::join(spec.over, "s and "));
}

}  // namespace

FigureModel BuildFigure(const FigureSpec& spec, const std::vector<ResultRow>& rows) {
  const TableGrid grid = MakeGrid(AsTable(spec), rows);
  FigureModel figure{spec.id,
                     (spec.title.empty() ? spec.id : spec.title) + BandNote(spec),
                     AxisTitle(spec, spec.x),
                     AxisTitle(spec, spec.y),
                     spec.log_x,
                     {},
                     spec.band != Band::kNone};
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
      const GridEntry& entry = grid.cells[r][*y_column];
      if (!x || !entry.measured()) continue;
      FigurePoint& point = series.points.emplace_back();
      point.x = *x;
      SetHeight(spec, entry, point);
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
  if (figure.bands) header.insert(header.end(), {"low", "high", "n"});
  std::string text = CsvLine(header);
  for (const FigureSeries& series : figure.series) {
    for (const FigurePoint& point : series.points) {
      std::vector<std::string> line = {series.name, NumberText(point.x), NumberText(point.y)};
      if (figure.bands) {
        for (const auto& edge : {point.low, point.high})
          line.push_back(edge ? NumberText(*edge) : "nan");
        line.push_back(std::to_string(point.n));
      }
      text += CsvLine(line);
    }
  }
  return text;
}

std::string FigureScript(const FigureModel& figure) {
  std::string text = PlotHead(figure.id, figure.title, figure.x_title, figure.y_title) + kPlotGrid +
                     kPlotKey + (figure.log_x ? "set logscale x\n" : "") +
                     CurveLineTypes(figure.series.size());
  if (figure.series.empty()) return text + "# No results, so nothing is drawn.\n";
  // A series is told by its lines in the file, so that its name may hold anything.
  std::vector<std::string> bands, curves;
  size_t first = 0;
  for (size_t i = 0; i < figure.series.size(); ++i) {
    const FigureSeries& series = figure.series[i];
    const size_t last = first + series.points.size() - 1;
    const std::string data = fmt::format("'{}.csv' skip 1 every ::{}::{}", figure.id, first, last);
    const bool banded = std::any_of(series.points.begin(), series.points.end(), [](const auto& p) {
      return p.low.has_value();
    });
    if (banded) {
      bands.push_back(fmt::format(
          "{} using 2:4:5 with filledcurves linecolor rgb '{}' fillstyle transparent solid 0.15 "
          "noborder notitle",
          data,
          CurveColor(i)));
    }
    curves.push_back(fmt::format("{} using 2:3 with linespoints linetype {} title {}",
                                 data,
                                 i + 1,
                                 GnuplotText(series.label)));
    first = last + 1;
  }
  bands.insert(bands.end(), curves.begin(), curves.end());  // curves above all bands
  return text +
         GnuplotPictures(figure.id, fmt::format("plot \\\n  {}", fmt::join(bands, ", \\\n  ")));
}

}  // namespace chaosense
