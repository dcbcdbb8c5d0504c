#include "plotting/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <regex>

#include "core/base/file.h"
#include "plotting/csv.h"
#include "plotting/table_width.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TableModel Small() {
  const Json json = {{"id", "table1"},
                     {"title", "PSNR, 100 % of it"},
                     {"metric", "psnr"},
                     {"rows", {"rate", "method"}},
                     {"columns", {"image"}},
                     {"order", {{"image", {"lena256", "*mean"}}}},
                     {"labels", {{"lena256", "Lena"}}},
                     {"published_label", "paper"},
                     {"best", {"rate"}},
                     {"definitions", false}};
  return BuildTable(ParseTableSpec(json, "w"), SmallTable());
}

using Parsed = std::vector<std::vector<std::string>>;

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' '), end = text.find_last_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escaped = separator != '\n' && i > 0 && text[i - 1] == '\\';
    if (text[i] == separator && !escaped) {
      parts.emplace_back();
    } else {
      parts.back() += text[i];
    }
  }
  for (std::string& part : parts) part = Trimmed(part);
  return parts;
}

// What a table says, as plain cell texts with "!" for bold: from the model and from each format.
Parsed FromModel(const TableModel& table) {
  Parsed lines;
  for (const TableRow& row : table.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const auto* cells : {&row.headings, &row.cells}) {
      for (const TableCell& cell : *cells) line.push_back(cell.text + (cell.best ? "!" : ""));
    }
  }
  return lines;
}

Parsed FromMarkdown(const std::string& text) {
  Parsed lines;
  for (const std::string& line : Split(text, '\n')) {
    if (!line.starts_with("|")) continue;
    std::vector<std::string> cells = Split(line.substr(1, line.size() - 2), '|');
    for (std::string& cell : cells) {
      cell = std::regex_replace(cell, std::regex("<sup>.*</sup>"), "");
      cell = std::regex_replace(cell, std::regex("\\*\\*(.*)\\*\\*"), "$1!");
      cell = std::regex_replace(cell, std::regex("\\\\(.)"), "$1");
    }
    lines.push_back(std::move(cells));
  }
  lines.erase(lines.begin(), lines.begin() + 2);
  return lines;
}

Parsed FromLatex(const std::string& text) {
  Parsed lines;
  const size_t begin = text.find("\\midrule\n") + 9, end = text.find("\\bottomrule");
  for (std::string line : Split(text.substr(begin, end - begin), '\n')) {
    if (line.empty() || line == "\\midrule") continue;
    line = line.substr(0, line.rfind("\\\\"));
    std::vector<std::string> cells = Split(line, '&');
    for (std::string& cell : cells) {
      cell = std::regex_replace(cell, std::regex("\\\\textsuperscript\\{.*\\}"), "");
      cell = std::regex_replace(cell, std::regex("\\\\textbf\\{(.*)\\}"), "$1!");
      cell = std::regex_replace(cell, std::regex("\\$([-+<])\\$"), "$1");
      cell = std::regex_replace(cell, std::regex("\\\\(.)"), "$1");
    }
    // The rate stands once for each group.
    if (cells[0].empty()) cells[0] = lines.back()[0];
    lines.push_back(std::move(cells));
  }
  return lines;
}

TEST(Render, EveryFormatSaysTheSame) {
  const TableModel table = Small();
  const Parsed expected = FromModel(table);
  EXPECT_EQ(FromMarkdown(RenderMarkdown(table)), expected);
  EXPECT_EQ(FromLatex(RenderLatex(table)), expected);
  const std::vector<CsvRecord> csv = ParseCsv(RenderCsv(table), "csv");
  ASSERT_EQ(csv.size(), expected.size() + 1);
  EXPECT_THAT(csv[0].fields,
              ElementsAre("rate",
                          "method",
                          "Lena ours",
                          "Lena paper",
                          "Lena diff",
                          "*mean ours",
                          "*mean paper",
                          "*mean diff"));
  for (size_t r = 0; r < expected.size(); ++r) {
    for (size_t c = 0; c < expected[r].size(); ++c) {
      std::string wanted = expected[r][c] == "--" ? "" : expected[r][c];
      std::erase(wanted, '!');
      EXPECT_EQ(csv[r + 1].fields[c], wanted);
    }
  }
}

TEST(Render, PrintedNumbersReadBackAtTheirPrecision) {
  const TableModel table = Small();
  const std::vector<CsvRecord> csv = ParseCsv(RenderCsv(table), "csv");
  int numbers = 0;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    for (size_t c = 0; c < table.rows[r].cells.size(); ++c) {
      const TableCell& cell = table.rows[r].cells[c];
      if (!cell.value) continue;
      EXPECT_NEAR(std::atof(csv[r + 1].fields[c + 2].c_str()), *cell.value, 0.005 + 1e-12);
      ++numbers;
    }
  }
  EXPECT_EQ(numbers, 6 + 4 + 4 + 2);  // ours, published, differences, TVAL3
}

TEST(RenderText, ReadsAtATerminal) {
  EXPECT_EQ(RenderText(Small()),
            "PSNR, 100 % of it (dB)\n"
            "\n"
            "                    Lena                   *mean\n"
            "rate  method          ours    paper  diff    ours paper  diff\n"
            "-------------------------------------------------------------\n"
            "0.25  fclbcnn       31.20* 31.09    +0.11  29.70  29.71 -0.01\n"
            "      pca_lmmse     31.20*                 30.66*\n"
            "      tval3(a)         --  28.67(b)           --  27.84\n"
            "\n"
            "0.10  fclbcnn       26.90  26.93    -0.03  25.50  25.41 +0.09\n"
            "      pca_lmmse(c)     --                     --\n"
            "\n"
            "* best of ours\n"
            "(a) not measured here; the value beside it is copied from its source\n"
            "(b) Table 1, quoting [1]\n"
            "(c) failed: out of memory\n"
            "paper: Table 1\n");
}

TEST(RenderMarkdown, EscapesWhatMarkdownWouldRead) {
  TableModel table;
  table.id = table.title = "a|b *c*";
  table.row_headings = {"x|y"};
  table.columns = {{{"*mean"}, {""}}};
  table.rows = {{{{"<0.001|", {}, false, ""}}, {{"1.0", 1.0, true, ""}}}};
  EXPECT_EQ(RenderMarkdown(table),
            "**a\\|b \\*c\\***\n\n"
            "| x\\|y      |  \\*mean |\n"
            "| --------- | ------: |\n"
            "| \\<0.001\\| | **1.0** |\n\n");
}

TEST(RenderLatex, EscapesAndUsesBooktabs) {
  TableModel table = Small();
  table.notes = {"a_b & 50% #1 ^ ~ \\ {x} <y> ≥ 1"};
  const std::string latex = RenderLatex(table);
  EXPECT_THAT(latex, HasSubstr("\\caption{PSNR, 100 \\% of it (dB)}"));
  EXPECT_THAT(latex,
              HasSubstr("a\\_b \\& 50\\% \\#1 \\textasciicircum{} \\textasciitilde{} "
                        "\\textbackslash{} \\{x\\} $<$y$>$ $\\geq$ 1"));
  EXPECT_THAT(latex,
              HasSubstr("\\multicolumn{3}{c}{Lena} & \\multicolumn{3}{c}{*mean} "
                        "\\\\\n\\cmidrule(lr){3-5}\\cmidrule(lr){6-8}"));
  EXPECT_THAT(latex, HasSubstr("\\begin{tabular}{llrrrrrr}"));
  EXPECT_THAT(latex, HasSubstr("pca\\_lmmse & \\textbf{31.20} &"));
  // Braces balance.
  int depth = 0;
  for (size_t i = 0; i < latex.size(); ++i) {
    if (i > 0 && latex[i - 1] == '\\') continue;
    depth += latex[i] == '{' ? 1 : latex[i] == '}' ? -1 : 0;
    ASSERT_GE(depth, 0);
  }
  EXPECT_EQ(depth, 0);
}

TEST(RenderLatex, LongTablesBreakAndStarsSurvive) {
  TableModel table = Small();
  table.rows[0].headings[0].text = "*mean";
  table.rows[1].headings[0].text = "[a]";
  EXPECT_THAT(RenderLatex(table), HasSubstr("\\midrule\n{*}mean &"));
  EXPECT_THAT(RenderLatex(table), HasSubstr("{[}a] &"));
  while (table.rows.size() < 60) table.rows.push_back(table.rows[0]);
  const std::string latex = RenderLatex(table);
  EXPECT_THAT(latex, HasSubstr("\\begin{longtable}{llrrrrrr}"));
  EXPECT_THAT(latex, HasSubstr("\\endfirsthead"));
  EXPECT_THAT(latex, testing::Not(HasSubstr("\\begin{table}")));
}

TEST(RenderLatex, TooManyColumnsForAPageAreDivided) {
  TableModel table = Small();
  table.footnotes = {"a footnote"};
  table.notes = {"a note"};
  const size_t columns = table.columns.size(), cells = table.rows[0].cells.size();
  for (int copy = 1; copy < 12; ++copy) {
    for (size_t i = 0; i < columns; ++i) table.columns.push_back(table.columns[i]);
    for (TableRow& row : table.rows)
      for (size_t i = 0; i < cells; ++i) row.cells.push_back(row.cells[i]);
  }
  const std::vector<TableModel> parts = SplitColumns(table, 100, 2);
  ASSERT_GT(parts.size(), 2u);
  size_t seen = 0;
  for (const TableModel& part : parts) {
    const std::vector<size_t> widths = PrintedWidths(part);
    EXPECT_LE(std::accumulate(widths.begin(), widths.end(), 2 * widths.size()), 100u);
    for (const TableColumn& column : part.columns)
      EXPECT_EQ(column.headings, table.columns[seen++].headings);
    EXPECT_EQ(FromModel(part), FromLatex(RenderLatex(part)));
  }
  EXPECT_EQ(seen, table.columns.size());
  const std::string latex = RenderLatex(table);
  EXPECT_THAT(latex, HasSubstr("(columns, part 2 of "));
  EXPECT_THAT(latex, HasSubstr("\\label{tab:" + table.id + ":2}"));
  EXPECT_EQ(latex.find("a note"), latex.rfind("a note"));
  // A column that alone is too wide is not divided.
  EXPECT_EQ(SplitColumns(table, 1, 2).size(), table.columns.size());
}

TEST(Render, OfNothing) {
  const Json json = {{"id", "t"}, {"metric", "psnr"}, {"rows", {"method"}}, {"columns", {"image"}}};
  const TableModel table = BuildTable(ParseTableSpec(json, "w"), {});
  EXPECT_THAT(RenderText(table), HasSubstr("t (dB)"));
  EXPECT_THAT(RenderMarkdown(table), HasSubstr("t (dB)"));
  EXPECT_EQ(RenderCsv(table), "method\n");
}

TEST(Render, CsvSaysWhatMeansLack) {
  TableModel table;
  table.row_headings = {"cipher"};
  table.columns = {{{"psnr"}, {""}}, {{"ssim"}, {""}}};
  table.rows = {{{{"a", {}, false, ""}}, {{"1", 1.0, false, ""}, {"2", 2.0, false, ""}}},
                {{{"b", {}, false, ""}}, {{"1", 1.0, false, "a"}, {"2", 2.0, false, "a"}}}};
  EXPECT_EQ(RenderCsv(table), "cipher,psnr,ssim\na,1,2\nb,1,2\n");
  for (TableCell& cell : table.rows[1].cells) cell.lack = "1 of 2 cells not run";
  EXPECT_EQ(RenderCsv(table),
            "cipher,psnr,ssim,lacks\na,1,2,\nb,1,2,\"psnr, ssim: 1 of 2 cells not run\"\n");
}

TEST(WriteTables, OneFileEachOrOneCsvForEveryTable) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "chaosense_write_tables";
  std::filesystem::remove_all(folder);
  EXPECT_THAT(WriteTables({Small()}, folder), ElementsAre("table.csv", "table.md", "table.tex"));
  EXPECT_EQ(ReadTextFile(folder / "table.md"), RenderMarkdown(Small()));
  TableModel other = Small();
  other.id = "other";
  EXPECT_THAT(WriteTables({Small(), other}, folder),
              ElementsAre("table.md", "table.tex", "table_other.csv", "table_table1.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / "table.csv")) << "of an earlier config";
  WriteFileAtomically(folder / "tables.csv", "the user's");
  EXPECT_TRUE(WriteTables({}, folder).empty());
  EXPECT_TRUE(TableFilesIn(folder).empty());
  EXPECT_TRUE(std::filesystem::exists(folder / "tables.csv"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace chaosense
