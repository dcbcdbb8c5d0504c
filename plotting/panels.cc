#include "plotting/panels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "plotting/csv.h"
#include "plotting/drawing.h"
#include "plotting/plot_style.h"
#include "plotting/table_grid.h"

namespace chaosense {
namespace {

constexpr const char* kAxes[] = {"dataset", "image", "variant", "rate", "method", "cipher", "seed"};

std::string LabelOf(const PanelSpec& spec, const std::string& name) {
  const auto found = spec.labels.find(name);
  return found == spec.labels.end() ? name : found->second;
}

// The files that pass the filter, in the spec's order of their axes.
std::vector<const CellFile*> Select(const PanelSpec& spec, const std::vector<CellFile>& files) {
  std::vector<ResultRow> rows;
  for (const CellFile& file : files) rows.push_back(file.axes);
  TableSpec table;
  table.where = spec.where;
  table.kind = "figure";
  table.keep_apart = "filter it";
  table.id = spec.id;
  table.metrics = {spec.data};
  table.rows.assign(std::begin(kAxes), std::end(kAxes));
  table.filter = spec.filter;
  table.order = spec.order;
  table.published = false;
  const TableGrid grid = MakeGrid(table, rows);
  std::vector<const CellFile*> selected;
  for (const auto& line : grid.cells) {
    for (const GridEntry& entry : line) {
      for (const ResultRow* row : entry.ours) selected.push_back(&files[row - rows.data()]);
    }
  }
  return selected;
}

// The fewest axes, in this order, that tell the files apart.
std::vector<std::string> TellingAxes(const std::vector<const CellFile*>& files) {
  std::vector<std::string> axes;
  size_t told = 1;
  std::vector<std::string> candidates = {
      "image", "variant", "method", "cipher", "rate", "dataset", "seed"};
  std::vector<ResultRow> rows;
  for (const CellFile* file : files) rows.push_back(file->axes);
  for (const std::string& axis : SweepAxes(rows)) candidates.push_back(axis);
  for (const std::string& axis : candidates) {
    axes.push_back(axis);
    std::set<std::vector<std::string>> tuples;
    for (const CellFile* file : files) {
      std::vector<std::string> tuple;
      for (const std::string& one : axes) tuple.push_back(AxisText(file->axes, one));
      tuples.insert(std::move(tuple));
    }
    if (tuples.size() > told) {
      told = tuples.size();
    } else {
      axes.pop_back();
    }
  }
  return axes;
}

// "Lena gray: "
std::string PrefixOf(const PanelSpec& spec,
                     const CellFile& file,
                     const std::vector<std::string>& axes) {
  std::vector<std::string> words;
  for (const std::string& axis : axes) words.push_back(LabelOf(spec, AxisText(file.axes, axis)));
  return words.empty() ? "" : fmt::format("{}: ", fmt::join(words, " "));
}

void Append(const PanelSpec& spec,
            const CellFile& file,
            const std::string& prefix,
            std::vector<Panel>& panels) {
  const std::string name = file.path.filename().string();
  const std::vector<CsvRecord> records = ParseCsv(ReadTextFile(file.path), name);
  const std::vector<std::string> header = {"panel", "series", "x", "y"};
  if (records.empty() || records[0].fields != header)
    throw ConfigError("{}: expected the header \"panel,series,x,y\"", name);
  std::map<std::string, size_t> panel_at;
  for (size_t i = 1; i < records.size(); ++i) {
    const std::vector<std::string>& fields = records[i].fields;
    const auto x = fields.size() == 4 ? ParseNumber(fields[2]) : std::nullopt;
    const auto y = fields.size() == 4 ? ParseNumber(fields[3]) : std::nullopt;
    if (!x || !y)
      throw ConfigError("{}:{}: expected panel, series and two numbers", name, records[i].line);
    const auto [at, fresh] = panel_at.emplace(fields[0], panels.size());
    if (fresh) panels.push_back({prefix + LabelOf(spec, fields[0]), {}});
    std::vector<FigureSeries>& series = panels[at->second].series;
    auto found = std::find_if(series.begin(), series.end(), [&](const FigureSeries& one) {
      return one.name == fields[1];
    });
    if (found == series.end())
      found = series.insert(found, {fields[1], LabelOf(spec, fields[1]), {}});
    found->points.push_back({*x, *y});
  }
}

// Red, green and blue of a colour picture in the tints of Okabe and Ito that come nearest, with
// dashes of their own; anything else is blue.
struct Style {
  const char* color;
  int dash;
};
Style StyleOf(const std::string& series) {
  if (series == "red") return {"#D55E00", 1};
  if (series == "green") return {"#009E73", 2};
  if (series == "gray") return {"#000000", 1};
  return {"#0072B2", series == "blue" ? 3 : 1};
}

}  // namespace

PanelFigure BuildPanels(const PanelSpec& spec, const std::vector<CellFile>& files) {
  PanelFigure figure{spec.id, spec.title, spec.style, spec.columns, spec.x_title, spec.y_title, {}};
  const std::vector<const CellFile*> selected = Select(spec, files);
  const std::vector<std::string> axes = TellingAxes(selected);
  for (const CellFile* file : selected)
    Append(spec, *file, PrefixOf(spec, *file, axes), figure.panels);
  return figure;
}

std::string PanelsCsv(const PanelFigure& figure) {
  std::string text = CsvLine({"panel", "series", "x", "y"});
  for (const Panel& panel : figure.panels) {
    for (const FigureSeries& series : panel.series) {
      for (const FigurePoint& point : series.points)
        text += CsvLine({panel.title, series.name, NumberText(point.x), NumberText(point.y)});
    }
  }
  return text;
}

std::string PanelsScript(const PanelFigure& figure) {
  const bool points = figure.style == PanelSpec::Style::kPoints;
  const auto columns = static_cast<size_t>(figure.columns);
  const size_t rows = (figure.panels.size() + columns - 1) / columns;
  std::string text = fmt::format(
      "# Draws {0}.svg, {0}.pdf and {0}.png from {0}.csv: gnuplot {0}.gp\n"
      "set encoding utf8\n"
      "set datafile separator ','\n"
      "set tics out nomirror\n"
      "set border 3\n"
      "set xlabel {1} noenhanced\n"
      "set ylabel {2} noenhanced\n"
      "set xrange [0:255]\n"
      "set yrange [0:{3}]\n"
      "set xtics 0,85,255\n"
      "{4}"
      "set key top right noenhanced samplen 2\n",
      figure.id,
      GnuplotText(figure.x_title),
      GnuplotText(figure.y_title),
      points ? "255" : "*",
      points ? "set ytics 0,85,255\nset size square\n" : "");
  if (figure.panels.empty()) return text + "# No results, so nothing is drawn.\n";
  std::string plots;
  size_t first = 0;
  for (const Panel& panel : figure.panels) {
    plots += fmt::format("set title {} noenhanced\nplot", GnuplotText(panel.title));
    for (size_t i = 0; i < panel.series.size(); ++i) {
      const FigureSeries& series = panel.series[i];
      const Style style = StyleOf(series.name);
      plots += fmt::format(
          "{} \\\n  '{}.csv' skip 1 every ::{}::{} using 3:4 with {} linecolor rgb '{}' {} {}",
          i == 0 ? "" : ",",
          figure.id,
          first,
          first + series.points.size() - 1,
          points ? "points pointtype 7 pointsize 0.15" : "steps linewidth 1.2",
          style.color,
          points ? "" : fmt::format("dashtype {}", style.dash),
          panel.series.size() == 1 ? "notitle" : "title " + GnuplotText(series.label));
      first += series.points.size();
    }
    plots += "\n";
  }
  const std::string plot =
      fmt::format("set multiplot layout {},{} title {} noenhanced\n{}unset multiplot",
                  rows,
                  columns,
                  GnuplotText(figure.title),
                  plots);
  return text + GnuplotPictures(figure.id, plot, 300 * columns, (points ? 300 : 230) * rows + 40);
}

std::vector<std::string> WritePanels(const std::vector<PanelFigure>& figures,
                                     const std::filesystem::path& folder) {
  std::vector<Drawing> files;
  for (const PanelFigure& figure : figures)
    files.push_back({figure.id, PanelsCsv(figure), PanelsScript(figure), figure.panels.empty()});
  return WriteDrawings(files, folder);
}

}  // namespace chaosense
