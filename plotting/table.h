// From result rows to a table, before it is printed in any format. Pure: the same rows and spec
// give the same table.
#ifndef CHAOSENSE_PLOTTING_TABLE_H_
#define CHAOSENSE_PLOTTING_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "plotting/rows.h"
#include "plotting/table_spec.h"

namespace chaosense {

struct TableCell {
  std::string text;  // "30.66", "+0.95", "pass", "--" (not measured), "" (the source gives none)
  std::optional<double> value;  // the number behind the text, scaled; none for "--" and ""
  bool best = false;
  std::string mark;       // letter of its footnote, "a,b" for several, or ""
  std::string lack = {};  // of a mean some cells of which are missing: how many and why; else ""
};

// One or more printed columns under one heading: ours, published, difference. Ours and copied
// values never share one.
struct TableColumn {
  std::vector<std::string> headings;  // one for each level of the column axes
  std::vector<std::string>
      parts;  // headings of the printed columns; {""} where there is only ours everywhere
};

struct TableRow {
  std::vector<TableCell> headings;  // one for each of TableModel::row_headings
  std::vector<TableCell> cells;     // for all parts of all columns, left to right
};

struct TableModel {
  std::string id;
  std::string title;
  std::vector<std::string> row_headings;
  std::vector<TableColumn> columns;
  std::vector<TableRow> rows;
  std::vector<std::string> footnotes;  // "a", "b", ... in this order
  std::vector<std::string> notes;      // sources, definitions, the spec's own footnotes

  size_t PrintedColumns() const;
};

// An axis with one value only goes into the title, not into a column. Swept settings that the spec
// names nowhere are row axes behind its own. Results of several seeds are
// averaged (and a note says so) unless "seed" is an axis. Throws Error(kConfig), naming the axes
// that differ, if several results would fall into one cell.
TableModel BuildTable(const TableSpec& spec, const std::vector<ResultRow>& rows);

// A table of each spec. Those that hold nothing, as their ciphers were left out say, are not there;
// where all hold nothing they all stay.
std::vector<TableModel> BuildTables(const std::vector<TableSpec>& specs,
                                    const std::vector<ResultRow>& rows);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_H_
