// What LaTeX itself says of our tables, where there is one (texlive-latex-base and -recommended).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/base/scratch_folder.h"
#include "plotting/render.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

bool HasLatex() {
  if (FindProgram("pdflatex").empty() || FindProgram("kpsewhich").empty()) return false;
  ProcessOptions options;
  options.arguments = {"kpsewhich", "booktabs.sty"};
  return RunProcess(options).ok();
}

// "" if a document with this in it compiles, else LaTeX's words.
std::string Compile(const std::string& table) {
  const ScratchFolder folder;
  WriteFileAtomically(folder.path() / "table.tex", std::string_view(table));
  WriteFileAtomically(folder.path() / "document.tex",
                      std::string_view("\\documentclass{article}\n"
                                       "\\usepackage{booktabs,graphicx,longtable}\n"
                                       "\\begin{document}\n\\input{table}\n\\end{document}\n"));
  ProcessOptions options;
  options.arguments = {"pdflatex", "-interaction=nonstopmode", "-halt-on-error", "document.tex"};
  options.folder = folder.path();
  const ProcessResult result = RunProcess(options);
  const std::string words(result.output.begin(), result.output.end());
  if (!result.ok()) return words;
  return fs::file_size(folder.path() / "document.pdf") > 1000 ? "" : "no pages: " + words;
}

#define REQUIRE_LATEX() \
  if (!HasLatex()) GTEST_SKIP() << "no LaTeX with booktabs here (texlive-latex-recommended)"

TableModel Nasty(size_t rows, size_t columns) {
  TableModel table;
  table.id = "nasty";
  table.title = "50 % & $1 #2 _x {y} \\ ^ ~ <z> \"q\" é ± [1]";
  table.row_headings = {"method_a", "b & c"};
  for (size_t c = 0; c < columns; ++c)
    table.columns.push_back({{"group", "head_" + std::to_string(c / 2)}, {"ours", "diff"}});
  for (size_t r = 0; r < rows; ++r) {
    TableRow row;
    row.headings = {{"*mean", {}, false, ""}, {"[x]_" + std::to_string(r), {}, false, "a"}};
    for (size_t c = 0; c < 2 * columns; ++c)
      row.cells.push_back(
          {c % 2 == 0 ? "30.12 ±0.02" : "-0.10", -0.1, c == 0, c == 1 ? "a,b" : ""});
    table.rows.push_back(row);
  }
  table.footnotes = {"a foot_note & 5 %", "another"};
  table.notes = {"published: Chen, Guo & Jing, Table 1 [24] #3", "* best"};
  return table;
}

TEST(Latex, TakesTablesOfEveryShape) {
  REQUIRE_LATEX();
  for (const auto& [rows, columns] :
       {std::pair<size_t, size_t>{0, 1}, {1, 1}, {12, 3}, {12, 12}, {90, 2}, {90, 12}})
    EXPECT_EQ(Compile(RenderLatex(Nasty(rows, columns))), "") << rows << " x " << columns;
}

TEST(Latex, RefusesWhatIsBroken) {  // so that the tests above mean something
  REQUIRE_LATEX();
  EXPECT_NE(Compile("\\begin{tabular}{l} a & b_c \\\\ \\end{tabular}"), "");
}

TEST(Latex, TakesEveryCommittedTable) {
  REQUIRE_LATEX();
  size_t tables = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(CHAOSENSE_SOURCE_DIR) / "results")) {
    const std::string path = entry.path().string();
    if (entry.path().filename() != "table.tex" || path.find("/runs/") != std::string::npos)
      continue;
    ++tables;
    EXPECT_EQ(Compile(ReadTextFile(entry.path())), "") << path;
  }
  EXPECT_GE(tables, 15U);
}

}  // namespace
}  // namespace chaosense
