#include "plotting/table_grid.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/metrics/metric.h"

namespace chaosense {
namespace {

using Tuple = TableGrid::Tuple;

bool Contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// Axes that a row leaves open: a missing cell has no image and no metric, a published value what
// its source leaves out.
bool LeavesOpen(const ResultRow& row, const std::string& axis) {
  if (row.measured()) return false;
  if (row.published_only())
    return AxisText(row, axis).empty() || axis == "experiment" || axis == "seed";
  return AxisText(row, axis).empty() && (axis == "image" || axis == "metric");
}

Tuple TupleOf(const ResultRow& row, const std::vector<std::string>& axes) {
  Tuple tuple;
  for (const std::string& axis : axes)
    tuple.push_back(row.published_only() && axis == "seed" ? "" : AxisText(row, axis));
  return tuple;
}

// ---- which rows take part

// "gaussian *" stands for all that begin so; "*mean" is a name.
bool Fits(const std::string& wanted, const std::string& text) {
  if (wanted == text) return true;
  return wanted.size() > 1 && wanted.ends_with('*') &&
         text.starts_with(wanted.substr(0, wanted.size() - 1));
}

// "!paper" stands for all but that one. Of several such entries none must fit, of the others one.
bool Matches(const std::vector<std::string>& filter, const std::string& text) {
  bool wanted = false;
  bool all_but = true;
  for (const std::string& one : filter) {
    if (one.starts_with('!')) {
      if (Fits(one.substr(1), text)) return false;
    } else {
      all_but = false;
      wanted = wanted || Fits(one, text);
    }
  }
  return wanted || all_but;
}

bool PassesFilter(const TableSpec& spec, const ResultRow& row) {
  if (!(row.metric.empty() && row.missing()) && !Contains(spec.metrics, row.metric)) return false;
  // A mean over images that counts the mean of the images as one would be none.
  if (row.image == "*mean" && Contains(spec.over, "image") && !spec.filter.contains("image"))
    return false;
  return std::all_of(spec.filter.begin(), spec.filter.end(), [&](const auto& entry) {
    return LeavesOpen(row, entry.first) || Matches(entry.second, AxisText(row, entry.first));
  });
}

std::vector<const ResultRow*> Select(const TableSpec& spec, const std::vector<ResultRow>& rows) {
  std::vector<const ResultRow*> ours, selected;
  for (const ResultRow& row : rows) {
    if (!row.published_only() && PassesFilter(spec, row)) ours.push_back(&row);
  }
  selected = ours;
  if (!spec.published || spec.published_only == PublishedOnly::kNone) return selected;
  std::map<std::string, std::set<std::string>> values;
  for (const ResultRow* row : ours) {
    for (const char* axis : {"dataset", "rate", "image"}) values[axis].insert(AxisText(*row, axis));
  }
  for (const ResultRow& row : rows) {
    if (!row.published_only() || !PassesFilter(spec, row)) continue;
    const bool matches = std::all_of(values.begin(), values.end(), [&](const auto& entry) {
      return LeavesOpen(row, entry.first) || entry.second.contains(AxisText(row, entry.first));
    });
    if (matches || spec.published_only == PublishedOnly::kAll) selected.push_back(&row);
  }
  return selected;
}

// ---- rows and columns

// Position of every value of an axis: the spec's order, then the filter's, then as the results
// come.
std::map<std::string, size_t> Positions(const TableSpec& spec,
                                        const std::string& axis,
                                        const std::vector<const ResultRow*>& rows) {
  std::map<std::string, size_t> positions;
  const auto add = [&positions](const std::string& value) {
    positions.emplace(value, positions.size());
  };
  for (const auto* lists : {&spec.order, &spec.filter}) {
    if (const auto found = lists->find(axis); found != lists->end())
      std::for_each(found->second.begin(), found->second.end(), add);
  }
  if (axis == "metric") std::for_each(spec.metrics.begin(), spec.metrics.end(), add);
  for (const ResultRow* row : rows) add(TupleOf(*row, {axis})[0]);
  return positions;
}

std::vector<Tuple> Tuples(const TableSpec& spec,
                          const std::vector<std::string>& axes,
                          const std::vector<const ResultRow*>& rows) {
  std::vector<std::map<std::string, size_t>> positions;
  for (const std::string& axis : axes) positions.push_back(Positions(spec, axis, rows));
  std::map<std::vector<size_t>, Tuple> sorted;
  for (const ResultRow* row : rows) {
    // A missing cell counts where its axes are known: without image or metric it is in every such
    // row.
    if (row->missing() &&
        std::any_of(axes.begin(), axes.end(), [&](const auto& a) { return LeavesOpen(*row, a); })) {
      continue;
    }
    const Tuple tuple = TupleOf(*row, axes);
    std::vector<size_t> key;
    for (size_t i = 0; i < axes.size(); ++i) key.push_back(positions[i].at(tuple[i]));
    sorted.emplace(std::move(key), tuple);
  }
  std::vector<Tuple> tuples;
  for (auto& [key, tuple] : sorted) tuples.push_back(std::move(tuple));
  return tuples;
}

// ---- cells

[[noreturn]] void ThrowAmbiguous(const TableSpec& spec, const ResultRow& a, const ResultRow& b) {
  std::vector<std::string> differences;
  for (const std::string& axis : DifferingAxes(a, b)) {
    differences.push_back(
        fmt::format("{} (\"{}\", \"{}\")", axis, AxisText(a, axis), AxisText(b, axis)));
  }
  if (differences.empty()) {
    throw ConfigError("{}: {} \"{}\": {} of image \"{}\" is there twice",
                      spec.where,
                      spec.kind,
                      spec.id,
                      a.metric,
                      a.image);
  }
  throw ConfigError("{}: {} \"{}\": several results fall into one cell; they differ in {}: {}",
                    spec.where,
                    spec.kind,
                    spec.id,
                    fmt::join(differences, ", "),
                    spec.keep_apart);
}

void AddToEntry(const TableSpec& spec, const ResultRow& row, GridEntry& entry) {
  if (row.published_only()) {
    if (entry.published_only != nullptr) ThrowAmbiguous(spec, *entry.published_only, row);
    entry.published_only = &row;
    return;
  }
  // All agree in what is not averaged over, so that the first speaks for them.
  if (entry.measured()) {
    for (const std::string& axis : DifferingAxes(*entry.ours[0], row)) {
      if (!Contains(spec.over, axis)) ThrowAmbiguous(spec, *entry.ours[0], row);
    }
  }
  const auto [same, fresh] = entry.by_over.emplace(TupleOf(row, spec.over), &row);
  if (!fresh) ThrowAmbiguous(spec, *same->second, row);
  entry.ours.push_back(&row);
}

bool MissingFits(const ResultRow& missing,
                 const std::vector<std::string>& axes,
                 const Tuple& tuple) {
  for (size_t i = 0; i < axes.size(); ++i) {
    if (!LeavesOpen(missing, axes[i]) && AxisText(missing, axes[i]) != tuple[i]) return false;
  }
  return true;
}

// Where a cell is missing, among these rows (or columns).
std::vector<size_t> PlacesOf(const ResultRow& missing,
                             const std::vector<std::string>& axes,
                             const std::vector<Tuple>& tuples,
                             const std::map<Tuple, size_t>& at) {
  const bool open = std::any_of(
      axes.begin(), axes.end(), [&](const auto& axis) { return LeavesOpen(missing, axis); });
  std::vector<size_t> places;
  if (!open) {
    if (const auto found = at.find(TupleOf(missing, axes)); found != at.end())
      places.push_back(found->second);
    return places;
  }
  for (size_t i = 0; i < tuples.size(); ++i) {
    if (MissingFits(missing, axes, tuples[i])) places.push_back(i);
  }
  return places;
}

std::vector<std::vector<GridEntry>> Fill(const TableSpec& spec, const TableGrid& grid) {
  std::map<Tuple, size_t> row_at, column_at;
  for (size_t i = 0; i < grid.rows.size(); ++i) row_at[grid.rows[i]] = i;
  for (size_t i = 0; i < grid.columns.size(); ++i) column_at[grid.columns[i]] = i;
  std::vector<std::vector<GridEntry>> cells(grid.rows.size(),
                                            std::vector<GridEntry>(grid.columns.size()));
  for (const ResultRow* row : grid.results) {
    if (!row->missing()) {
      const size_t column = column_at.at(TupleOf(*row, spec.columns));
      AddToEntry(spec, *row, cells[row_at.at(TupleOf(*row, spec.rows))][column]);
      continue;
    }
    const auto columns = PlacesOf(*row, spec.columns, grid.columns, column_at);
    for (const size_t r : PlacesOf(*row, spec.rows, grid.rows, row_at)) {
      for (const size_t c : columns) cells[r][c].missing.push_back(row);
    }
  }
  return cells;
}

}  // namespace

double MeanOf(const std::vector<const ResultRow*>& results) {
  double sum = 0;
  for (const ResultRow* row : results) sum += row->value;
  return sum / static_cast<double>(results.size());
}

double ValueOf(const TableSpec& spec, const std::string& metric, const GridEntry& entry) {
  if (!entry.measured() || !spec.limit.contains(metric)) return MeanOf(entry.ours);
  const auto by_value = [](const ResultRow* a, const ResultRow* b) { return a->value < b->value; };
  const auto [least, most] = std::ranges::minmax_element(entry.ours, by_value);
  return MetricByName(metric).direction == Direction::kLower ? (*most)->value : (*least)->value;
}

std::string MetricAt(const TableSpec& spec, const TableGrid& grid, size_t row, size_t column) {
  for (size_t i = 0; i < spec.rows.size(); ++i) {
    if (spec.rows[i] == "metric") return grid.rows[row][i];
  }
  for (size_t i = 0; i < spec.columns.size(); ++i) {
    if (spec.columns[i] == "metric") return grid.columns[column][i];
  }
  return spec.metrics[0];
}

TableGrid MakeGrid(const TableSpec& spec, const std::vector<ResultRow>& all) {
  TableGrid grid;
  grid.results = Select(spec, all);
  grid.rows = Tuples(spec, spec.rows, grid.results);
  grid.columns = Tuples(spec, spec.columns, grid.results);
  grid.cells = Fill(spec, grid);
  return grid;
}

}  // namespace chaosense
