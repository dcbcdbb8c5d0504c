#include "plotting/render_parts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace chaosense {

std::vector<std::string> FlatHeadings(const TableModel& table) {
  std::vector<std::string> headings = table.row_headings;
  for (const TableColumn& column : table.columns) {
    for (const std::string& part : column.parts) {
      std::vector<std::string> words;
      for (const std::string& word : column.headings) {
        if (!word.empty()) words.push_back(word);
      }
      if (!part.empty()) words.push_back(part);
      headings.push_back(words.empty() ? "value" : fmt::format("{}", fmt::join(words, " ")));
    }
  }
  return headings;
}

std::vector<TableCell> AllCells(const TableRow& row) {
  std::vector<TableCell> cells = row.headings;
  cells.insert(cells.end(), row.cells.begin(), row.cells.end());
  return cells;
}

std::vector<std::string> GroupedHeadings(const TableModel& table,
                                         size_t r,
                                         const std::vector<std::string>& texts) {
  std::vector<std::string> shown;
  bool same = r > 0;
  for (size_t i = 0; i < table.row_headings.size(); ++i) {
    same = same && i + 1 < table.row_headings.size() &&
           table.rows[r].headings[i].text == table.rows[r - 1].headings[i].text;
    shown.push_back(same ? "" : texts[i]);
  }
  return shown;
}

bool StartsGroup(const TableModel& table, size_t r) {
  return r > 0 && table.row_headings.size() > 1 &&
         table.rows[r].headings[0].text != table.rows[r - 1].headings[0].text;
}

std::vector<size_t> FirstPrinted(const TableModel& table) {
  std::vector<size_t> first;
  size_t at = table.row_headings.size();
  for (const TableColumn& column : table.columns) {
    first.push_back(at);
    at += column.parts.size();
  }
  return first;
}

std::vector<std::pair<size_t, size_t>> Spans(const TableModel& table, size_t level) {
  std::vector<std::pair<size_t, size_t>> spans;
  for (size_t c = 0; c < table.columns.size(); ++c) {
    const auto prefix = [&](size_t i) {
      const auto& headings = table.columns[i].headings;
      return std::vector<std::string>(headings.begin(),
                                      headings.begin() + static_cast<std::ptrdiff_t>(level + 1));
    };
    if (c > 0 && prefix(c) == prefix(c - 1)) {
      spans.back().second = c + 1;
    } else {
      spans.emplace_back(c, c + 1);
    }
  }
  return spans;
}

size_t Levels(const TableModel& table) {
  return table.columns.empty() ? 0 : table.columns[0].headings.size();
}

bool HasParts(const TableModel& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [](const auto& c) {
    return !c.parts[0].empty();
  });
}

}  // namespace chaosense
