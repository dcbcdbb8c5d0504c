// Pieces of HTML. Text enters a page only through HtmlEscaped (or a function here that calls it).
#ifndef CHAOSENSE_PLOTTING_HTML_H_
#define CHAOSENSE_PLOTTING_HTML_H_

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/file.h"
#include "plotting/table.h"

namespace chaosense {

// & < > " ' as character references, control characters but tab and newline as U+FFFD: for text and
// for quoted attribute values.
std::string HtmlEscaped(std::string_view text);

using HtmlAttributes = std::vector<std::pair<std::string, std::string>>;

// <tag a="..">inner</tag>. Attribute values are escaped here; `inner` is HTML already.
std::string HtmlElement(const std::string& tag,
                        const HtmlAttributes& attributes,
                        const std::string& inner);
// The same around plain text.
std::string HtmlText(const std::string& tag, std::string_view text);

// data:<mime>;base64,...
std::string DataUri(const std::string& mime, std::span<const uint8_t> bytes);

// An SVG picture inside the page, without prolog, its ids beginning with `prefix` so that several
// pictures do not meet. One that holds a script or refers to anything outside becomes an <img>,
// which runs and loads nothing.
std::string InlineSvg(const std::string& svg, const std::string& prefix, const std::string& title);

// A table with headings over groups of columns, sortable by the page's script, in a frame that
// scrolls sideways; title, footnotes and notes with it. Headings of metrics link to "#metric-NAME".
std::string RenderHtml(const TableModel& table);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_HTML_H_
