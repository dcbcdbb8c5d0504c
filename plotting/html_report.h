// The report: one page that says what a run (or several) measured, for people who have never seen
// the project. The page holds everything it shows and loads nothing.
#ifndef CHAOSENSE_PLOTTING_HTML_REPORT_H_
#define CHAOSENSE_PLOTTING_HTML_REPORT_H_

#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/json.h"
#include "plotting/rows.h"
#include "plotting/table.h"

namespace chaosense {

struct ReportFigure {
  std::string id;
  std::string title;
  std::string svg;  // or, if empty,
  Bytes png;
};

// What one cell left besides numbers.
struct ReportCell {
  struct File {
    std::string name;
    Bytes bytes;
  };
  std::string name;            // "table3/classics/fclbcnn/paper/..."
  std::vector<File> pictures;  // PNG
  std::vector<File> evidence;  // text: Markdown, JSON
};

struct ReportTerm {
  std::string name;
  std::string meaning;
};

struct ReportRun {
  std::string name;
  std::string description;
  std::string command;                  // makes the run again
  std::vector<ReportTerm> at_a_glance;  // "images": "lena, peppers", ...
  std::vector<TableModel> tables;       // without definitions: the page has a glossary
  std::vector<ReportFigure> figures;
  std::vector<ReportCell> cells;
  std::string summary;               // the experiment's own words (summary.md), or ""
  std::vector<std::string> remarks;  // failed cells, what was left out
  std::vector<ResultRow> rows;       // for the comparison
  Json manifest;
};

struct Report {
  std::vector<ReportRun> runs;
  std::vector<std::string> metrics;  // names, to be explained
  std::vector<ReportTerm> plugins;   // methods, ciphers: name and summary
};

// A whole HTML5 page, UTF-8. The same report gives the same bytes.
std::string RenderReport(const Report& report);

// Values that the runs have in common (all axes but the experiment equal) and that differ, at most
// `limit` of them, the largest relative differences first; the notes count the others.
TableModel CompareRuns(const std::vector<ReportRun>& runs, size_t limit = 300);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_HTML_REPORT_H_
