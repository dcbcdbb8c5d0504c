#include "plotting/render.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "core/base/file.h"
#include "plotting/csv.h"
#include "plotting/footnotes.h"
#include "plotting/render_parts.h"

namespace chaosense {
namespace {

// Code points, so that labels may hold any alphabet.
size_t Width(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string Padded(const std::string& text, size_t width, bool right) {
  const std::string spaces(width > Width(text) ? width - Width(text) : 0, ' ');
  return right ? spaces + text : text + spaces;
}

using Lines = std::vector<std::vector<std::string>>;

std::vector<size_t> WidthsOf(const Lines& lines) {
  std::vector<size_t> widths;
  for (const auto& line : lines) {
    widths.resize(std::max(widths.size(), line.size()));
    for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], Width(line[i]));
  }
  return widths;
}

std::string MarkdownEscaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '\\' || c == '`' || c == '<' || c == '[' || c == '~')
      escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

}  // namespace

std::string RenderText(const TableModel& table) {
  const size_t headings = table.row_headings.size();
  // Marks stand in a margin of their own, so that the digits of a column stay aligned.
  const auto mark = [](const TableCell& cell) {
    return std::string(cell.best ? "*" : "") + (cell.mark.empty() ? "" : "(" + cell.mark + ")");
  };
  std::vector<size_t> margins(table.PrintedColumns());
  for (const TableRow& row : table.rows) {
    const std::vector<TableCell> cells = AllCells(row);
    for (size_t i = headings; i < cells.size(); ++i)
      margins[i] = std::max(margins[i], mark(cells[i]).size());
  }
  Lines lines;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    std::vector<std::string> line;
    for (const TableCell& cell : AllCells(table.rows[r])) {
      line.push_back(cell.text + Padded(mark(cell), margins[line.size()], false));
    }
    const std::vector<std::string> shown = GroupedHeadings(table, r, line);
    std::copy(shown.begin(), shown.end(), line.begin());
    lines.push_back(std::move(line));
  }
  std::vector<std::string> parts = table.row_headings;
  for (const TableColumn& column : table.columns)
    parts.insert(parts.end(), column.parts.begin(), column.parts.end());
  lines.push_back(parts);
  std::vector<size_t> widths = WidthsOf(lines);
  lines.pop_back();
  const std::vector<size_t> first = FirstPrinted(table);
  const auto end_of = [&](size_t c) { return c + 1 < first.size() ? first[c + 1] : widths.size(); };
  // Two spaces between groups of columns, one within.
  const auto gap = [&](size_t i) -> size_t {
    if (i == 0) return 0;
    return i < headings || std::find(first.begin(), first.end(), i) != first.end() ? 2 : 1;
  };
  const auto span_width = [&](size_t from, size_t to) {
    size_t width = 0;
    for (size_t i = from; i < to; ++i) width += widths[i] + (i > from ? gap(i) : 0);
    return width;
  };
  for (size_t level = 0; level < Levels(table); ++level) {
    for (const auto& [a, b] : Spans(table, level)) {
      const size_t need = Width(table.columns[a].headings[level]),
                   have = span_width(first[a], end_of(b - 1));
      if (need > have) widths[end_of(b - 1) - 1] += need - have;
    }
  }
  const auto trimmed = [](std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
  };
  std::string text = table.title + "\n\n";
  const bool has_parts = HasParts(table);
  for (size_t level = 0; level < Levels(table); ++level) {
    // The names of the row axes stand in the last heading line.
    const bool last = level + 1 == Levels(table) && !has_parts;
    std::string line;
    for (size_t i = 0; i < headings; ++i) {
      line +=
          std::string(gap(i), ' ') + Padded(last ? table.row_headings[i] : "", widths[i], false);
    }
    for (const auto& [a, b] : Spans(table, level)) {
      const bool one = end_of(b - 1) - first[a] == 1;
      line += std::string(gap(first[a]), ' ') +
              Padded(table.columns[a].headings[level], span_width(first[a], end_of(b - 1)), one);
    }
    text += trimmed(line);
  }
  const auto print = [&](const std::vector<std::string>& line) {
    std::string out;
    for (size_t i = 0; i < line.size(); ++i)
      out += std::string(gap(i), ' ') + Padded(line[i], widths[i], i >= headings);
    text += trimmed(out);
  };
  if (has_parts || Levels(table) == 0) print(parts);
  text += std::string(span_width(0, widths.size()), '-') + '\n';
  for (size_t r = 0; r < lines.size(); ++r) {
    if (StartsGroup(table, r)) text += '\n';
    print(lines[r]);
  }
  const auto has_best = [](const TableRow& row) {
    return std::any_of(
        row.cells.begin(), row.cells.end(), [](const TableCell& cell) { return cell.best; });
  };
  text += '\n';
  if (std::any_of(table.rows.begin(), table.rows.end(), has_best)) text += "* best of ours\n";
  for (size_t i = 0; i < table.footnotes.size(); ++i)
    text += fmt::format("({}) {}\n", FootnoteLetter(i), table.footnotes[i]);
  for (const std::string& note : table.notes) text += note + '\n';
  return text;
}

std::string RenderMarkdown(const TableModel& table) {
  Lines lines = {{}};
  for (const std::string& heading : FlatHeadings(table))
    lines[0].push_back(MarkdownEscaped(heading));
  for (const TableRow& row : table.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const TableCell& cell : AllCells(row)) {
      std::string text = MarkdownEscaped(cell.text);
      if (cell.best) text = "**" + text + "**";
      if (!cell.mark.empty()) text += "<sup>" + cell.mark + "</sup>";
      line.push_back(std::move(text));
    }
  }
  std::vector<size_t> widths = WidthsOf(lines);
  for (size_t& width : widths) width = std::max<size_t>(width, 4);
  std::string text = fmt::format("**{}**\n\n", MarkdownEscaped(table.title));
  const auto right = [&](size_t i) { return i >= table.row_headings.size(); };
  for (size_t r = 0; r < lines.size(); ++r) {
    for (size_t i = 0; i < lines[r].size(); ++i)
      text += "| " + Padded(lines[r][i], widths[i], right(i)) + ' ';
    text += "|\n";
    if (r > 0) continue;
    for (size_t i = 0; i < widths.size(); ++i)
      text += "| " + std::string(widths[i] - 1, '-') + (right(i) ? ": " : "- ");
    text += "|\n";
  }
  text += '\n';
  for (size_t i = 0; i < table.footnotes.size(); ++i) {
    text +=
        fmt::format("<sup>{}</sup> {}  \n", FootnoteLetter(i), MarkdownEscaped(table.footnotes[i]));
  }
  for (const std::string& note : table.notes) text += MarkdownEscaped(note) + "  \n";
  return text;
}

// "psnr (dB), ssim: 4 of 8 cells failed: why; ...", of the means of a row.
static std::string LacksOf(const TableRow& row, const std::vector<std::string>& headings) {
  std::vector<std::pair<std::string, std::string>> lacks;  // with the columns
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const std::string& lack = row.cells[i].lack;
    if (lack.empty()) continue;
    const std::string& column = headings[row.headings.size() + i];
    const auto known = std::ranges::find(lacks, lack, &std::pair<std::string, std::string>::first);
    if (known == lacks.end()) {
      lacks.emplace_back(lack, column);
    } else {
      known->second += ", " + column;
    }
  }
  std::string text;
  for (const auto& [lack, columns] : lacks)
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", columns, lack);
  return text;
}

std::string RenderCsv(const TableModel& table) {
  std::vector<std::string> headings = FlatHeadings(table);
  const bool lacks = std::any_of(table.rows.begin(), table.rows.end(), [&](const TableRow& row) {
    return !LacksOf(row, headings).empty();
  });
  if (lacks) headings.push_back("lacks");
  std::string text = CsvLine(headings);
  for (const TableRow& row : table.rows) {
    std::vector<std::string> line;
    for (const TableCell& cell : row.headings) line.push_back(cell.text);
    for (const TableCell& cell : row.cells) line.push_back(cell.value ? cell.text : "");
    if (lacks) line.push_back(LacksOf(row, headings));
    text += CsvLine(line);
  }
  return text;
}

// What a document that takes the tables in must load; longtable breaks them at the end of a page.
static constexpr const char* kLatexPackages = "% \\usepackage{booktabs,graphicx,longtable}\n";

std::map<std::string, std::string> TableFiles(const std::vector<TableModel>& tables) {
  std::map<std::string, std::string> files;
  for (const TableModel& table : tables) {
    std::string& markdown = files["table.md"];
    std::string& latex = files["table.tex"];
    markdown += (markdown.empty() ? "" : "\n") + RenderMarkdown(table);
    latex += (latex.empty() ? kLatexPackages : "\n") + RenderLatex(table);
    files[tables.size() == 1 ? "table.csv" : "table_" + table.id + ".csv"] = RenderCsv(table);
  }
  return files;
}

std::vector<std::string> TableFilesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    const bool ours = name == "table.md" || name == "table.tex" || name == "table.csv" ||
                      (name.starts_with("table_") && name.ends_with(".csv"));
    if (ours && entry.is_regular_file(none)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> WriteTables(const std::vector<TableModel>& tables,
                                     const std::filesystem::path& folder) {
  std::vector<std::string> names;
  const std::map<std::string, std::string> files = TableFiles(tables);
  for (const auto& [name, text] : files) {
    WriteFileAtomically(folder / name, text);
    names.push_back(name);
  }
  for (const std::string& name : TableFilesIn(folder)) {
    if (!files.contains(name)) std::filesystem::remove(folder / name);
  }
  return names;
}

}  // namespace chaosense
