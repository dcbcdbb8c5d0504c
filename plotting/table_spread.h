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

// What stands behind a mean: " ±0.02", the sample standard deviation or half of the 95 % interval
// (Student's t), as the spec asks for it, and where the cells' numbers differ " (n=3)". One result
// has no spread, and none is printed.
std::string SpreadText(const TableSpec& spec,
                       const GridEntry& entry,
                       const ValueStyle& style,
                       bool counts_differ);

// "ours: mean ± sample standard deviation over seeds, n = 5"; "" where nothing was averaged and no
// spread was asked for.
std::string SpreadNote(const TableSpec& spec, const std::set<size_t>& counts);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_SPREAD_H_
