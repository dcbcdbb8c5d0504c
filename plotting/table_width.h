// How wide a table is in print, and its division into parts that fit a page.
#ifndef CHAOSENSE_PLOTTING_TABLE_WIDTH_H_
#define CHAOSENSE_PLOTTING_TABLE_WIDTH_H_

#include <cstddef>
#include <string>
#include <vector>

#include "plotting/table.h"

namespace chaosense {

// Characters, not bytes, of UTF-8 text.
size_t Characters(const std::string& text);

// Of each printed column, row headings first: the characters of its widest cell or heading. A
// heading over several printed columns counts an equal share in each.
std::vector<size_t> PrintedWidths(const TableModel& table);

// The table in parts that each repeat the row headings and hold as many of the columns, in order,
// as fit: widths of the printed columns plus `gap` for each of them are at most `most`, all in
// characters. A column that alone is too wide is a part by itself. Notes are the last part's.
std::vector<TableModel> SplitColumns(const TableModel& table, double most, double gap);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_WIDTH_H_
