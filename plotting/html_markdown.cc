#include "plotting/html_markdown.h"

#include <algorithm>
#include <vector>

#include "plotting/html.h"

namespace chaosense {
namespace {

std::string Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

// Bold, emphasis, code, links and backslashes within a line.
std::string Inline(std::string_view text) {
  std::string html, plain;
  const auto flush = [&] {
    html += HtmlEscaped(plain);
    plain.clear();
  };
  // A span from `at` between equal marks, if it is closed and not empty.
  const auto span = [&](size_t at, std::string_view mark, const char* tag) -> size_t {
    if (text.substr(at, mark.size()) != mark) return 0;
    const size_t from = at + mark.size(), to = text.find(mark, from);
    if (to == std::string_view::npos || to == from || text[from] == ' ') return 0;
    flush();
    const std::string_view inner = text.substr(from, to - from);
    html += HtmlElement(tag, {}, *tag == 'c' ? HtmlEscaped(inner) : Inline(inner));
    return to + mark.size();
  };
  for (size_t at = 0; at < text.size();) {
    size_t next = span(at, "`", "code");
    if (next == 0) next = span(at, "**", "strong");
    if (next == 0) next = span(at, "*", "em");
    if (next == 0 && text[at] == '[') {
      const size_t close = text.find("](", at);
      const size_t end = close == std::string_view::npos ? close : text.find(')', close);
      if (end != std::string_view::npos) {
        flush();
        html += Inline(text.substr(at + 1, close - at - 1));
        next = end + 1;
      }
    }
    if (next == 0) {
      const bool escaped =
          text[at] == '\\' && at + 1 < text.size() &&
          std::string_view("|*\\`<[~_").find(text[at + 1]) != std::string_view::npos;
      if (escaped) ++at;
      plain += text[at];
      next = at + 1;
    }
    at = next;
  }
  flush();
  return html;
}

// The cells of a line "| a | b |".
std::vector<std::string> CellsOf(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      cell += line[i];
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.push_back(Trimmed(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

bool IsRule(const std::string& line) {
  return line.starts_with('|') && line.find_first_not_of("|-: ") == std::string::npos;
}

std::string Table(const std::vector<std::string>& lines) {
  std::string head, body;
  const bool headed = lines.size() > 1 && IsRule(lines[1]);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (IsRule(lines[i])) continue;
    const bool heading = headed && i == 0;
    std::string row;
    for (const std::string& cell : CellsOf(lines[i]))
      row += HtmlElement(heading ? "th" : "td", {}, Inline(cell));
    (heading ? head : body) += HtmlElement("tr", {}, row) + "\n";
  }
  return "<div class=\"scroll\" tabindex=\"0\"><table class=\"words\">\n" +
         (head.empty() ? "" : HtmlElement("thead", {}, head)) + HtmlElement("tbody", {}, body) +
         "</table></div>\n";
}

bool StartsBlock(const std::string& line) {
  return line.empty() || line[0] == '|' || line[0] == '#' || line.starts_with("- ");
}

}  // namespace

std::string MarkdownToHtml(std::string_view markdown) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < markdown.size();) {
    const size_t end = std::min(markdown.find('\n', at), markdown.size());
    lines.push_back(Trimmed(markdown.substr(at, end - at)));
    at = end + 1;
  }
  std::string html;
  size_t i = 0;
  // This line and those that go on with it.
  const auto paragraph = [&](std::string text) {
    for (++i; i < lines.size() && !StartsBlock(lines[i]); ++i) text += " " + lines[i];
    return Inline(text);
  };
  while (i < lines.size()) {
    const std::string& line = lines[i];
    const size_t hashes = line.find_first_not_of('#');
    if (line.empty()) {
      ++i;
    } else if (hashes != 0 && hashes != std::string::npos && line[hashes] == ' ') {
      const char* tags[] = {"h3", "h4", "h5"};
      html += HtmlElement(
                  tags[std::min<size_t>(hashes, 3) - 1], {}, Inline(Trimmed(line.substr(hashes)))) +
              "\n";
      ++i;
    } else if (line[0] == '|') {
      std::vector<std::string> rows;
      for (; i < lines.size() && lines[i].starts_with('|'); ++i) rows.push_back(lines[i]);
      html += Table(rows);
    } else if (line.starts_with("- ")) {
      std::string items;
      while (i < lines.size() && lines[i].starts_with("- "))
        items += HtmlElement("li", {}, paragraph(lines[i].substr(2))) + "\n";
      html += HtmlElement("ul", {}, "\n" + items) + "\n";
    } else {
      html += HtmlElement("p", {}, paragraph(line)) + "\n";
    }
  }
  return html;
}

}  // namespace chaosense
