#include "plotting/table_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "plotting/table_style.h"

namespace chaosense {
namespace {

// The rows of one group of one column, all with values of one metric.
void MarkBestOf(const std::vector<size_t>& rows,
                size_t column,
                const ValueStyle& style,
                TableModel& table) {
  const bool judged = style.direction == Direction::kHigher || style.direction == Direction::kLower;
  if (!judged || style.format == MetricFormat::kVerdict || rows.size() < 2) return;
  const double sign = style.direction == Direction::kHigher ? 1 : -1;
  const auto printed = [&](size_t r) {
    const double value = *table.rows[r].cells[column].value;
    return sign * ParseNumber(fmt::format("{:.{}f}", value, style.precision)).value_or(value);
  };
  double best = printed(rows[0]);
  for (const size_t r : rows) best = std::max(best, printed(r));
  for (const size_t r : rows) table.rows[r].cells[column].best = printed(r) == best;
}

}  // namespace

void RankRows(const TableSpec& spec, TableGrid& grid) {
  if (spec.rank_by.empty() || grid.rows.empty()) return;
  std::vector<std::vector<double>> keys(grid.rows.size());  // smaller is better
  for (const std::string& metric : spec.rank_by) {
    size_t column = 0;
    while (column < grid.columns.size() && MetricAt(spec, grid, 0, column) != metric) ++column;
    if (column == grid.columns.size()) continue;
    const bool higher = StyleOf(spec, metric).direction != Direction::kLower;
    for (size_t r = 0; r < grid.rows.size(); ++r) {
      const double value = ValueOf(spec, metric, grid.cells[r][column]);
      keys[r].push_back(std::isnan(value) ? std::numeric_limits<double>::infinity()
                        : higher          ? -value
                                          : value);
    }
  }
  std::vector<size_t> places(grid.rows.size());
  std::iota(places.begin(), places.end(), size_t{0});
  std::stable_sort(
      places.begin(), places.end(), [&](size_t a, size_t b) { return keys[a] < keys[b]; });
  const TableGrid given = grid;
  for (size_t r = 0; r < places.size(); ++r) {
    grid.rows[r] = given.rows[places[r]];
    grid.cells[r] = given.cells[places[r]];
  }
}

void MarkBest(const TableSpec& spec,
              const TableGrid& grid,
              const std::vector<std::optional<size_t>>& ours,
              TableModel& table) {
  if (!spec.best) return;
  std::vector<size_t> axes;
  for (size_t i = 0; i < spec.rows.size(); ++i) {
    if (std::find(spec.best->begin(), spec.best->end(), spec.rows[i]) != spec.best->end())
      axes.push_back(i);
  }
  for (size_t c = 0; c < grid.columns.size(); ++c) {
    if (!ours[c]) continue;
    std::map<TableGrid::Tuple, std::vector<size_t>> groups;
    for (size_t r = 0; r < grid.rows.size(); ++r) {
      TableGrid::Tuple key = {MetricAt(spec, grid, r, c)};
      for (const size_t i : axes) key.push_back(grid.rows[r][i]);
      const TableCell& cell = table.rows[r].cells[*ours[c]];
      if (cell.value && !std::isnan(*cell.value)) groups[key].push_back(r);
    }
    for (const auto& [key, rows] : groups) MarkBestOf(rows, *ours[c], StyleOf(spec, key[0]), table);
  }
}

}  // namespace chaosense
