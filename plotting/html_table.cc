#include <fmt/format.h>

#include <algorithm>

#include "core/metrics/metric.h"
#include "plotting/footnotes.h"
#include "plotting/html.h"
#include "plotting/render_parts.h"
#include "plotting/rows.h"

namespace chaosense {
namespace {

// "npcr_pass_05" or "psnr (dB)" leads to the metric's definition.
std::string HeadingHtml(const std::string& text) {
  const MetricInfo* metric = FindMetric(text.substr(0, text.find(' ')));
  // Long names may break after an underscore.
  std::string shown = HtmlEscaped(text);
  for (size_t at = shown.find('_'); at != std::string::npos; at = shown.find('_', at + 6))
    shown.insert(at + 1, "<wbr>");
  if (metric == nullptr) return shown;
  return HtmlElement(
      "a", {{"href", "#metric-" + metric->name}, {"title", metric->definition}}, shown);
}

std::string SortButton(const std::string& heading, size_t column) {
  // Behind the heading's last word and never alone on a line.
  return heading + "<span style=\"white-space:nowrap\">&#8288;" +
         HtmlElement("button",
                     {{"type", "button"},
                      {"data-column", std::to_string(column)},
                      {"aria-label", "sort by column " + std::to_string(column + 1)}},
                     "&#8693;") +
         "</span>";
}

std::string HeadCell(const std::string& inner, size_t columns, size_t rows) {
  std::string attributes = " scope=\"col\"";
  if (columns > 1) attributes += fmt::format(" colspan=\"{}\"", columns);
  if (rows > 1) attributes += fmt::format(" rowspan=\"{}\"", rows);
  return fmt::format("<th{}>{}</th>", attributes, inner);
}

std::string Head(const TableModel& table) {
  const size_t levels = Levels(table);
  const bool parts = HasParts(table);
  const size_t lines = std::max<size_t>(1, levels + (parts ? 1 : 0));
  std::vector<std::string> heads(lines);
  for (size_t i = 0; i < table.row_headings.size(); ++i)
    heads[0] += HeadCell(SortButton(HeadingHtml(table.row_headings[i]), i), 1, lines);
  for (size_t level = 0; level < levels; ++level) {
    size_t printed = table.row_headings.size();
    for (size_t c = 0; c < table.columns.size();) {
      size_t end = c, span = 0;
      const auto same = [&](size_t other) {
        return std::equal(table.columns[c].headings.begin(),
                          table.columns[c].headings.begin() + static_cast<ptrdiff_t>(level + 1),
                          table.columns[other].headings.begin());
      };
      while (end < table.columns.size() && same(end)) span += table.columns[end++].parts.size();
      std::string heading = HeadingHtml(table.columns[c].headings[level]);
      if (level + 1 == levels && !parts) heading = SortButton(heading, printed);
      heads[level] += HeadCell(heading, span, 1);
      printed += span;
      c = end;
    }
  }
  if (parts || levels == 0) {
    size_t printed = table.row_headings.size();
    for (const TableColumn& column : table.columns) {
      for (const std::string& part : column.parts)
        heads.back() += HeadCell(SortButton(HtmlEscaped(part), printed++), 1, 1);
    }
  }
  std::string text;
  for (const std::string& head : heads) text += "<tr>" + head + "</tr>\n";
  return "<thead>" + text + "</thead>\n";
}

std::string Cell(const TableCell& cell, const std::string& tag) {
  std::string inner = HtmlEscaped(cell.text);
  if (cell.best) inner = "<strong>" + inner + "</strong>";
  if (!cell.mark.empty()) inner += HtmlText("sup", cell.mark);
  HtmlAttributes attributes;
  if (tag == "th") attributes.push_back({"scope", "row"});
  if (cell.value) attributes.push_back({"data-value", NumberText(*cell.value)});
  if (cell.text == "pass" || cell.text == "fail") attributes.push_back({"class", cell.text});
  return HtmlElement(tag, attributes, inner);
}

}  // namespace

std::string RenderHtml(const TableModel& table) {
  std::string body;
  for (const TableRow& row : table.rows) {
    const auto r = static_cast<size_t>(&row - table.rows.data());
    body += StartsGroup(table, r) ? "<tr class=\"group\">" : "<tr>";
    for (const TableCell& cell : row.headings) body += Cell(cell, "th");
    for (const TableCell& cell : row.cells) body += Cell(cell, "td");
    body += "</tr>\n";
  }
  std::string text = HtmlText("h3", table.title) + "\n";
  if (table.rows.empty()) {
    text += "<p>There is nothing to show here.</p>\n";
  } else {
    text += "<div class=\"scroll\" tabindex=\"0\"><table class=\"sortable\">\n" + Head(table) +
            "<tbody>" + body + "</tbody></table></div>\n";
  }
  std::string notes;
  for (size_t i = 0; i < table.footnotes.size(); ++i)
    notes += "<li>" + HtmlText("sup", FootnoteLetter(i)) + " " + HtmlEscaped(table.footnotes[i]) +
             "</li>\n";
  for (const std::string& note : table.notes) notes += HtmlText("li", note) + "\n";
  if (!notes.empty()) text += "<ul class=\"notes\">\n" + notes + "</ul>\n";
  return text;
}

}  // namespace chaosense
