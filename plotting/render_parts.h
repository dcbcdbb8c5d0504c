// What the renderers of tables share: where columns, groups and headings begin.
#ifndef CHAOSENSE_PLOTTING_RENDER_PARTS_H_
#define CHAOSENSE_PLOTTING_RENDER_PARTS_H_

#include <string>
#include <utility>
#include <vector>

#include "plotting/table.h"

namespace chaosense {

// One heading for each printed column: "Lena ours".
std::vector<std::string> FlatHeadings(const TableModel& table);

// Headings and cells of a row.
std::vector<TableCell> AllCells(const TableRow& row);

// Row headings that repeat the line above are left blank, as long as all before them repeat too.
std::vector<std::string> GroupedHeadings(const TableModel& table,
                                         size_t row,
                                         const std::vector<std::string>& texts);

// Whether the outermost heading of several changes at this row.
bool StartsGroup(const TableModel& table, size_t row);

// Of each column, the place of its first printed one.
std::vector<size_t> FirstPrinted(const TableModel& table);

// Runs of columns with equal headings up to `level`: pairs of first and one past the last column.
std::vector<std::pair<size_t, size_t>> Spans(const TableModel& table, size_t level);

size_t Levels(const TableModel& table);  // of headings over the columns
bool HasParts(const TableModel& table);  // ours, published, difference

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_RENDER_PARTS_H_
