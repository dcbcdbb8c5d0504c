#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string_view>
#include <utility>

#include "plotting/footnotes.h"
#include "plotting/render.h"
#include "plotting/render_parts.h"
#include "plotting/table_width.h"

namespace chaosense {
namespace {

// Signs of ours that LaTeX does not know as characters.
constexpr std::pair<std::string_view, const char*> kSigns[] = {{"≥", "$\\geq$"}, {"≤", "$\\leq$"}};

std::string LatexEscaped(std::string_view text) {
  std::string escaped;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto sign = std::ranges::find_if(
        kSigns, [&](const auto& one) { return text.substr(i).starts_with(one.first); });
    if (sign != std::end(kSigns)) {
      escaped += sign->second;
      i += sign->first.size() - 1;
      continue;
    }
    const char c = text[i];
    switch (c) {
      case '\\':
        escaped += "\\textbackslash{}";
        break;
      case '~':
        escaped += "\\textasciitilde{}";
        break;
      case '^':
        escaped += "\\textasciicircum{}";
        break;
      case '<':
        escaped += "$<$";
        break;
      case '>':
        escaped += "$>$";
        break;
      case '\n':
        escaped += ' ';
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        escaped += '\\';
        [[fallthrough]];
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string LatexCell(const TableCell& cell) {
  std::string text = LatexEscaped(cell.text);
  // Behind the end of a line, LaTeX would take these for part of its command.
  if (text.starts_with('*') || text.starts_with('['))
    text = "{" + text.substr(0, 1) + "}" + text.substr(1);
  // A number's sign, not a hyphen; "--" stays a dash.
  if (cell.value && text.starts_with('-')) text = "$-$" + text.substr(1);
  if (cell.value && text.starts_with('+')) text = "$+$" + text.substr(1);
  if (cell.best) text = "\\textbf{" + text + "}";
  if (!cell.mark.empty()) text += "\\textsuperscript{" + cell.mark + "}";
  return text;
}

// ---- size: tables that are longer than a page run over several; those that are wider than one are
// set smaller, and divided where the smallest size does not help

constexpr size_t kLinesOfAPage = 40;

// Widths of an average character and room for a page's line, in points of article.cls at 10 pt.
struct FontSize {
  const char* command;
  double character;
};
constexpr FontSize kFontSizes[] = {
    {"\\small", 4.6}, {"\\footnotesize", 4.25}, {"\\scriptsize", 3.8}, {"\\tiny", 3.15}};
constexpr FontSize kSmallest = std::end(kFontSizes)[-1];
constexpr double kLineWidth = 345;
constexpr double kColumnGap = 6;

// The largest size at which the widest cells fit side by side, or the smallest there is.
const char* SizeFor(const TableModel& table) {
  const std::vector<size_t> widths = PrintedWidths(table);
  const auto characters = static_cast<double>(std::accumulate(widths.begin(), widths.end(), 0UL));
  for (const FontSize& size : kFontSizes) {
    if (characters * size.character + static_cast<double>(widths.size()) * kColumnGap <= kLineWidth)
      return size.command;
  }
  return kSmallest.command;
}

// ---- parts of a table

std::string Columns(const TableModel& table) {
  const size_t headings = table.row_headings.size();
  return std::string(headings, 'l') + std::string(table.PrintedColumns() - headings, 'r');
}

std::string Caption(const TableModel& table) {
  return "\\caption{" + LatexEscaped(table.title) + "}\n\\label{tab:" + table.id + "}";
}

// From \toprule to \midrule.
std::string Head(const TableModel& table) {
  const size_t headings = table.row_headings.size();
  const std::vector<size_t> first = FirstPrinted(table);
  std::string text = "\\toprule\n";
  const bool has_parts = HasParts(table);
  for (size_t level = 0; level < Levels(table); ++level) {
    const bool last = level + 1 == Levels(table) && !has_parts;
    std::vector<std::string> line;
    for (size_t i = 0; i < headings; ++i)
      line.push_back(last ? LatexEscaped(table.row_headings[i]) : "");
    std::string rules;
    for (const auto& [a, b] : Spans(table, level)) {
      const size_t end = b < first.size() ? first[b] : table.PrintedColumns();
      line.push_back(fmt::format("\\multicolumn{{{}}}{{c}}{{{}}}",
                                 end - first[a],
                                 LatexEscaped(table.columns[a].headings[level])));
      rules += fmt::format("\\cmidrule(lr){{{}-{}}}", first[a] + 1, end);
    }
    text += fmt::format("{} \\\\\n", fmt::join(line, " & "));
    if (!last) text += rules + '\n';
  }
  if (has_parts || Levels(table) == 0) {
    std::vector<std::string> line;
    for (const std::string& heading : table.row_headings) line.push_back(LatexEscaped(heading));
    for (const TableColumn& column : table.columns) {
      for (const std::string& part : column.parts) line.push_back(LatexEscaped(part));
    }
    text += fmt::format("{} \\\\\n", fmt::join(line, " & "));
  }
  return text + "\\midrule\n";
}

std::string Body(const TableModel& table, bool repeat_headings) {
  std::string text;
  for (size_t r = 0; r < table.rows.size(); ++r) {
    std::vector<std::string> line;
    for (const TableCell& cell : AllCells(table.rows[r])) line.push_back(LatexCell(cell));
    // A group that runs on to the next page says its name on every line.
    if (!repeat_headings) {
      const std::vector<std::string> shown = GroupedHeadings(table, r, line);
      std::copy(shown.begin(), shown.end(), line.begin());
    }
    if (StartsGroup(table, r)) text += "\\midrule\n";
    text += fmt::format("{} \\\\\n", fmt::join(line, " & "));
  }
  return text;
}

std::string Notes(const TableModel& table) {
  std::string text;
  const auto note = [&](const std::string& line) { text += "\n\\par\\smallskip " + line + "\n"; };
  for (size_t i = 0; i < table.footnotes.size(); ++i) {
    note(fmt::format(
        "\\textsuperscript{{{}}} {}", FootnoteLetter(i), LatexEscaped(table.footnotes[i])));
  }
  for (const std::string& line : table.notes) note(LatexEscaped(line));
  if (text.empty()) return text;
  return "\\par{\\footnotesize\\raggedright\\sloppy" + text + "\\par}\n";
}

std::string RenderPart(const TableModel& table) {
  if (table.rows.size() <= kLinesOfAPage) {
    return "\\begin{table}\n\\centering\n" + Caption(table) +
           "\n\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n\\begin{"
           "tabular}{" +
           Columns(table) + "}\n" + Head(table) + Body(table, false) +
           "\\bottomrule\n\\end{tabular}}\n" + Notes(table) + "\\end{table}\n";
  }
  return std::string("\\begingroup\n") + SizeFor(table) +
         "\n\\setlength{\\tabcolsep}{3pt}\n\\begin{longtable}{" + Columns(table) + "}\n" +
         Caption(table) + "\\\\\n" + Head(table) + "\\endfirsthead\n" + Head(table) +
         "\\endhead\n\\bottomrule\n\\endfoot\n" + Body(table, true) + "\\end{longtable}\n" +
         Notes(table) + "\\endgroup\n";
}

}  // namespace

std::string RenderLatex(const TableModel& table) {
  std::vector<TableModel> parts =
      SplitColumns(table, kLineWidth / kSmallest.character, kColumnGap / kSmallest.character);
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts.size() > 1) {
      parts[i].title += fmt::format(" (columns, part {} of {})", i + 1, parts.size());
      if (i > 0) parts[i].id += fmt::format(":{}", i + 1);
    }
    text += RenderPart(parts[i]);
  }
  return text;
}

}  // namespace chaosense
