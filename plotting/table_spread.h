// How many results a cell of a table averages, and how far they are apart.
#ifndef CHAOSENSE_PLOTTING_TABLE_SPREAD_H_
#define CHAOSENSE_PLOTTING_TABLE_SPREAD_H_

#include <set>
#include <string>

#include "plotting/table_grid.h"
#include "plotting/table_style.h"

namespace chaosense {

// The numbers of results that the measured cells average.
std::set<size_t> CountsOf(const TableGrid& grid);

// Whether a value of this metric only says that measuring stopped there.
bool AtLimit(const TableSpec& spec, const std::string& metric, double value);

// What stands behind a mean: " ±0.02", the sample standard deviation or half of the 95 % interval
// (Student's t), as the spec asks for it, and where the cells' numbers differ " (n=3)". In place of
// that interval, for metrics with ends (IsBounded) the smallest and largest result, " (0.98 to 1)",
// unless they print alike; for the worst of several (spec.limit) the best, " (to 4096)". One
// result, or several that are the same to the last bit, have no spread, and none is printed.
std::string SpreadText(const TableSpec& spec,
                       const std::string& metric,
                       const GridEntry& entry,
                       const ValueStyle& style,
                       bool counts_differ);

// "ours: mean ± sample standard deviation over seeds, n = 5": what the cells print, over how many
// results, and where intervals were asked for, which columns have one result alone. "" where
// nothing was averaged and no spread was asked for.
std::string SpreadNote(const TableSpec& spec, const TableGrid& grid);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_SPREAD_H_
