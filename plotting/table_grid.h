// Which results fall into which cell of a table: the step between a spec and a printed table.
#ifndef CHAOSENSE_PLOTTING_TABLE_GRID_H_
#define CHAOSENSE_PLOTTING_TABLE_GRID_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plotting/rows.h"
#include "plotting/table_spec.h"

namespace chaosense {

struct GridEntry {
  std::vector<const ResultRow*> ours;
  std::map<std::vector<std::string>, const ResultRow*> by_over;  // the same, by the spec's `over`
  const ResultRow* published_only = nullptr;
  std::vector<const ResultRow*> missing;  // cells that gave nothing and would be here

  bool measured() const { return !ours.empty(); }
  // The row that carries the published value, or nullptr.
  const ResultRow* published() const {
    if (measured()) return ours[0]->published ? ours[0] : nullptr;
    return published_only;
  }
};

struct TableGrid {
  using Tuple = std::vector<std::string>;  // values of the row (or column) axes

  std::vector<const ResultRow*> results;  // those that pass the spec's filters
  std::vector<Tuple> rows;                // sorted as the spec says
  std::vector<Tuple> columns;
  std::vector<std::vector<GridEntry>> cells;  // [row][column]
};

// The mean of these results; NaN of none.
double MeanOf(const std::vector<const ResultRow*>& results);

// What a measured cell stands for: the mean of its results; of metrics with a spec.limit the worst,
// the largest where lower is better, else the smallest. NaN of none.
double ValueOf(const TableSpec& spec, const std::string& metric, const GridEntry& entry);

// The metric of a cell: that of its row, of its column, or the spec's only one.
std::string MetricAt(const TableSpec& spec, const TableGrid& grid, size_t row, size_t column);

// Points into `all`. Throws Error(kConfig) if several results fall into one cell, unless they
// differ in the axes of the spec's `over` only.
TableGrid MakeGrid(const TableSpec& spec, const std::vector<ResultRow>& all);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_GRID_H_
