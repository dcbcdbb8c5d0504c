// The report page: well-formed, closed in itself, everything escaped.
#include "plotting/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "plotting/html_report.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

using testing::HasSubstr;
using testing::Not;

// Opens and closes of tags match, attributes are quoted, no "<" stands by itself. Script and style
// hold no tags. Returns what is wrong, or "".
std::string Nesting(const std::string& html) {
  static const std::set<std::string> kVoid = {"meta", "img", "wbr", "br", "link", "input"};
  std::vector<std::string> open;
  for (size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    if (html.compare(at, 2, "<!") == 0) continue;
    const size_t end = html.find('>', at);
    if (end == std::string::npos) return "an unended tag at the end";
    std::string tag = html.substr(at + 1, end - at - 1);
    if (tag.find('<') != std::string::npos) return "< within a tag: " + tag.substr(0, 80);
    const bool closing = tag.starts_with('/');
    const bool self_closing = tag.ends_with('/');
    const std::string name =
        tag.substr(closing ? 1 : 0, tag.find_first_of(" \t\n/", 1) - (closing ? 1 : 0));
    if (closing) {
      if (open.empty() || open.back() != name) return "</" + name + "> closes nothing";
      open.pop_back();
    } else if (!self_closing && !kVoid.contains(name)) {
      open.push_back(name);
      if (name == "script" || name == "style") at = html.find("</" + name, end) - 1;
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> is not closed";
}

// What would make a browser fetch something.
void ExpectNothingOutside(const std::string& html) {
  for (const char* sign : {"src=\"http",
                           "href=\"http",
                           "src='http",
                           "href='http",
                           "src=\"//",
                           "url(http",
                           "@import",
                           "<link",
                           "<iframe",
                           "<object",
                           "fetch(",
                           "XMLHttpRequest",
                           "src=\"file"}) {
    EXPECT_THAT(html, Not(HasSubstr(sign)));
  }
}

Report SmallReport(const std::string& poison = "") {
  ReportRun run;
  run.name = "table1" + poison;
  run.description = "A table." + poison;
  run.command = "chaosense run configs/table1.json --data-dir D" + poison;
  run.at_a_glance = {{"images", "lena" + poison}};
  run.rows = SmallTable();
  for (ResultRow& row : run.rows) {
    if (row.failed()) row.status += poison;
  }
  run.tables = {BuildTable(ParseTableSpec({{"id", "t"},
                                           {"title", "A title" + poison},
                                           {"metric", "psnr"},
                                           {"rows", {"rate", "method"}},
                                           {"columns", {"image"}},
                                           {"best", {"rate"}},
                                           {"footnotes", {"A note." + poison}}},
                                          "a"),
                           run.rows)};
  run.figures = {{"f",
                  "A figure" + poison,
                  "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"a\"/>"
                  "<use href=\"#a\"/></svg>",
                  {}},
                 {"p", "A picture" + poison, "", {1, 2, 3, 4}}};
  const std::string note = "# A proof" + poison;
  run.cells = {{"cell" + poison,
                {{"lena" + poison + ".png", {9, 9}}},
                {{"proof" + poison + ".md", Bytes(note.begin(), note.end())}}}};
  run.summary = "All is <well>." + poison;
  run.remarks = {"A remark." + poison};
  run.manifest = {{"schema", 1}, {"who", "me" + poison}};
  return {{run}, {"psnr"}, {{"paper" + poison, "a cipher" + poison}}};
}

TEST(Html, EscapesWhatHasAMeaning) {
  EXPECT_EQ(HtmlEscaped("a<b>&\"c'\x01"), "a&lt;b&gt;&amp;&quot;c&#39;\xEF\xBF\xBD");
  EXPECT_EQ(HtmlElement("p", {{"title", "\"x\""}}, "y"), "<p title=\"&quot;x&quot;\">y</p>");
  EXPECT_EQ(HtmlText("p", "1 < 2"), "<p>1 &lt; 2</p>");
}

// RFC 4648, section 10.
TEST(Html, DataUrisAreBase64) {
  const auto of = [](const std::string& text) {
    return DataUri("text/plain", Bytes(text.begin(), text.end()));
  };
  EXPECT_EQ(of(""), "data:text/plain;base64,");
  EXPECT_EQ(of("f"), "data:text/plain;base64,Zg==");
  EXPECT_EQ(of("foobar"), "data:text/plain;base64,Zm9vYmFy");
}

TEST(Html, InlineSvgKeepsItsIdsToItself) {
  const std::string svg =
      "<?xml version='1.0'?><svg width='1'><path id='a'/><use xlink:href='#a'/>"
      "<g clip-path=\"url(#b)\" id=\"b\"/></svg>";
  EXPECT_EQ(InlineSvg(svg, "x-", "T<"),
            "<svg role=\"img\" aria-label=\"T&lt;\" width='1'><path id='x-a'/>"
            "<use xlink:href='#x-a'/><g clip-path=\"url(#x-b)\" id=\"x-b\"/></svg>");
}

TEST(Html, SvgThatReachesOutsideIsShownAsAPicture) {
  for (const char* svg : {"<svg><script>alert(1)</script></svg>",
                          "<svg><image href=\"http://a/b.png\"/></svg>",
                          "<svg onload=\"x\"></svg>",
                          "<svg><g style='fill:url(http://a)'/></svg>",
                          "no picture"}) {
    EXPECT_THAT(InlineSvg(svg, "x-", "t"), testing::StartsWith("<img alt=\"t\" src=\"data:"))
        << svg;
  }
}

TEST(Html, TableHasGroupedHeadingsValuesAndNotes) {
  const std::string html = RenderHtml(SmallReport().runs[0].tables[0]);
  EXPECT_EQ(Nesting(html), "");
  EXPECT_THAT(html, HasSubstr("colspan=\"3\""));  // ours, published, difference
  EXPECT_THAT(html,
              HasSubstr("data-value=\"31.2049\"><strong>31.20"));  // sorted by the whole number
  EXPECT_THAT(html, HasSubstr("<strong>30.66</strong>"));
  EXPECT_THAT(html, HasSubstr("failed: out of memory"));
  EXPECT_THAT(html, HasSubstr("quoting [1]"));
}

TEST(Report, IsWellFormedAndHoldsEverything) {
  const std::string html = RenderReport(SmallReport());
  EXPECT_EQ(Nesting(html), "");
  ExpectNothingOutside(html);
  EXPECT_THAT(html, testing::StartsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
  for (const char* part : {"<title>Chaosense: table1</title>",
                           "chaosense run configs/table1.json --data-dir D",
                           "data:image/png;base64,AQIDBA==",
                           "data:image/png;base64,CQk=",
                           "id=\"run1f0-a\"",
                           "href=\"#run1f0-a\"",
                           "# A proof",
                           "<dt id=\"metric-psnr\">psnr (dB)</dt>",
                           "A remark.",
                           "All is &lt;well&gt;.",
                           "A figure. Files: figures/f.csv, .gp, .svg, .pdf and .png.",
                           "a cipher"}) {
    EXPECT_THAT(html, HasSubstr(part));
  }
  EXPECT_EQ(html, RenderReport(SmallReport()));
}

TEST(Report, EscapesWhateverTheFilesHold) {
  const std::string poison = "</title></script><img src=\"http://a\" onerror='x'>&";
  const std::string html = RenderReport(SmallReport(poison));
  EXPECT_EQ(Nesting(html), "");
  EXPECT_THAT(html, Not(HasSubstr("<img src=\"http")));
  EXPECT_THAT(html, Not(HasSubstr("onerror='")));
  const std::string escaped = HtmlEscaped(poison);
  int found = 0;
  for (size_t at = html.find(escaped); at != std::string::npos; at = html.find(escaped, at + 1))
    ++found;
  EXPECT_GE(found, 15);  // every place that SmallReport poisons
}

TEST(Report, SideBySideNamesTheValuesThatDiffer) {
  Report report = SmallReport();
  report.runs.push_back(report.runs[0]);
  report.runs[1].name = "again";
  report.runs[1].rows[2].value += 0.5;
  const TableModel table = CompareRuns(report.runs);
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(table.rows[0].cells[0].text, "31.2000");
  EXPECT_EQ(table.rows[0].cells[1].text, "31.7000");
  EXPECT_EQ(table.rows[0].cells[2].text, "0.5000");
  EXPECT_THAT(table.notes[0], HasSubstr("6 values are in at least two of the runs; 5 of them"));
  EXPECT_EQ(Nesting(RenderReport(report)), "");
  EXPECT_EQ(CompareRuns({report.runs[0], report.runs[0]}).rows.size(), 0u);
}

}  // namespace
}  // namespace chaosense
