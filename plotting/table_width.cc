#include "plotting/table_width.h"

#include <algorithm>
#include <iterator>

#include "plotting/render_parts.h"

namespace chaosense {
namespace {

// Columns `first` up to `last` of the table.
TableModel PartOf(const TableModel& table, size_t first, size_t last) {
  TableModel part = table;
  const std::vector<size_t> begins = FirstPrinted(table);
  const size_t headings = table.row_headings.size();
  const auto place = [&](size_t column) {
    return static_cast<std::ptrdiff_t>(
        (column < begins.size() ? begins[column] : table.PrintedColumns()) - headings);
  };
  part.columns.assign(table.columns.begin() + static_cast<std::ptrdiff_t>(first),
                      table.columns.begin() + static_cast<std::ptrdiff_t>(last));
  for (size_t r = 0; r < table.rows.size(); ++r) {
    const std::vector<TableCell>& cells = table.rows[r].cells;
    part.rows[r].cells.assign(cells.begin() + place(first), cells.begin() + place(last));
  }
  return part;
}

}  // namespace

size_t Characters(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<size_t> PrintedWidths(const TableModel& table) {
  std::vector<size_t> widths;
  for (const std::string& heading : table.row_headings) widths.push_back(Characters(heading));
  for (const TableColumn& column : table.columns) {
    size_t heading = 0;
    for (const std::string& text : column.headings) heading = std::max(heading, Characters(text));
    for (const std::string& part : column.parts)
      widths.push_back(std::max(Characters(part), heading / column.parts.size()));
  }
  for (const TableRow& row : table.rows) {
    const std::vector<TableCell> cells = AllCells(row);
    for (size_t i = 0; i < cells.size(); ++i)
      widths[i] = std::max(widths[i], Characters(cells[i].text + cells[i].mark));
  }
  return widths;
}

std::vector<TableModel> SplitColumns(const TableModel& table, double most, double gap) {
  const std::vector<size_t> widths = PrintedWidths(table);
  const std::vector<size_t> begins = FirstPrinted(table);
  const auto width = [&](size_t begin, size_t end) {
    double sum = 0;
    for (size_t i = begin; i < end; ++i) sum += static_cast<double>(widths[i]) + gap;
    return sum;
  };
  const double headings = width(0, table.row_headings.size());
  std::vector<TableModel> parts;
  size_t first = 0;
  double taken = headings;
  for (size_t column = 0; column < table.columns.size(); ++column) {
    const double own = width(begins[column], begins[column] + table.columns[column].parts.size());
    if (column > first && taken + own > most) {
      parts.push_back(PartOf(table, first, column));
      first = column;
      taken = headings;
    }
    taken += own;
  }
  parts.push_back(PartOf(table, first, table.columns.size()));
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    parts[i].notes.clear();
    parts[i].footnotes.clear();
  }
  return parts;
}

}  // namespace chaosense
