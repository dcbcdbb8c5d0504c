// The Markdown that experiments write (summary.md) as HTML.
#ifndef CHAOSENSE_PLOTTING_HTML_MARKDOWN_H_
#define CHAOSENSE_PLOTTING_HTML_MARKDOWN_H_

#include <string>
#include <string_view>

namespace chaosense {

// Headings (# becomes h3, ## h4, deeper ones h5), paragraphs, lists of "- ", tables of pipes,
// **bold**, *emphasis* and `code`; of links only their text, as the page refers to nothing outside.
// Everything else is text; all text is escaped.
std::string MarkdownToHtml(std::string_view markdown);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_HTML_MARKDOWN_H_
