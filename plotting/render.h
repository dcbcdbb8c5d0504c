// A table as text, Markdown, LaTeX (booktabs) or CSV. The same table always gives the same bytes.
#ifndef CHAOSENSE_PLOTTING_RENDER_H_
#define CHAOSENSE_PLOTTING_RENDER_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "plotting/table.h"

namespace chaosense {

// For a terminal: grouped headings, the best with a "*".
std::string RenderText(const TableModel& table);
std::string RenderMarkdown(const TableModel& table);
// A table environment no wider than the line, or a longtable over several pages where there are
// many rows; needs \usepackage{booktabs,graphicx,longtable}. Alphabets other than Latin need
// lualatex or xelatex.
std::string RenderLatex(const TableModel& table);
// Header and values only, at the printed precision; missing values are empty, nothing is bold.
// Where means lack cells, a last column "lacks" says for each row of which columns, how many and
// why.
std::string RenderCsv(const TableModel& table);

// The files of these tables, by name: table.md and table.tex with all tables one after the other;
// table.csv, or table_<id>.csv each if there are several. None of none.
std::map<std::string, std::string> TableFiles(const std::vector<TableModel>& tables);

// The names of the files in `folder` that are called like these, sorted.
std::vector<std::string> TableFilesIn(const std::filesystem::path& folder);

// Writes these files and removes others that are called so. Returns the names written, sorted.
std::vector<std::string> WriteTables(const std::vector<TableModel>& tables,
                                     const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_RENDER_H_
