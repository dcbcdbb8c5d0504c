// What stands first and what is best in a table.
#ifndef CHAOSENSE_PLOTTING_TABLE_ORDER_H_
#define CHAOSENSE_PLOTTING_TABLE_ORDER_H_

#include "plotting/table.h"
#include "plotting/table_grid.h"

namespace chaosense {

// Rows by the metrics of the spec's `rank_by` in turn, best first, those without a value last.
void RankRows(const TableSpec& spec, TableGrid& grid);

// Marks the best of ours in each column within equal values of the spec's `best` axes. `ours`: of
// each column of the grid, the printed column that holds ours, or none. Ties at the printed
// precision are all best. Alone in its group, a value is neither.
void MarkBest(const TableSpec& spec,
              const TableGrid& grid,
              const std::vector<std::optional<size_t>>& ours,
              TableModel& table);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_ORDER_H_
