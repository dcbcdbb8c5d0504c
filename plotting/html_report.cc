#include "plotting/html_report.h"

#include <fmt/format.h>

#include <set>

#include "core/metrics/metric.h"
#include "plotting/comparison.h"
#include "plotting/html.h"
#include "plotting/html_assets.h"
#include "plotting/html_markdown.h"

namespace chaosense {
namespace {

std::string_view AsText(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string PngImage(const Bytes& png, const std::string& title) {
  return fmt::format("<img alt=\"{}\" src=\"{}\">", HtmlEscaped(title), DataUri("image/png", png));
}

// <section id="..."><h2>...</h2> ... ; the headings become the page's navigation.
class Page {
 public:
  void Section(const std::string& id, const std::string& title) {
    body_ += HtmlElement("h2", {{"id", id}}, HtmlEscaped(title)) + "\n";
    navigation_ +=
        HtmlElement("li", {}, HtmlElement("a", {{"href", "#" + id}}, HtmlEscaped(title))) + "\n";
  }
  void Add(const std::string& html) { body_ += html + "\n"; }
  const std::string& body() const { return body_; }
  const std::string& navigation() const { return navigation_; }

 private:
  std::string body_;
  std::string navigation_;
};

std::string Facts(const std::vector<ReportTerm>& facts) {
  std::string inner;
  for (const ReportTerm& fact : facts)
    inner += HtmlText("dt", fact.name) + HtmlText("dd", fact.meaning) + "\n";
  return HtmlElement("dl", {{"class", "facts"}}, inner);
}

std::string Again(const std::string& command) {
  return HtmlElement(
      "p",
      {{"class", "again"}},
      "To make this again (D: the folder with the pictures): " + HtmlText("code", command));
}

std::string FigureHtml(const ReportFigure& figure, const std::string& prefix) {
  const std::string picture = figure.svg.empty() ? PngImage(figure.png, figure.title)
                                                 : InlineSvg(figure.svg, prefix, figure.title);
  const char* kinds = figure.svg.empty() ? ".png" : ".csv, .gp, .svg, .pdf and .png";
  return HtmlElement(
      "figure",
      {},
      picture + HtmlText("figcaption",
                         fmt::format("{}. Files: figures/{}{}.", figure.title, figure.id, kinds)));
}

std::string CellsHtml(const std::vector<ReportCell>& cells, bool evidence) {
  std::string text;
  for (const ReportCell& cell : cells) {
    const auto& files = evidence ? cell.evidence : cell.pictures;
    if (files.empty()) continue;
    std::string inner;
    for (const ReportCell::File& file : files) {
      if (evidence) {
        inner += HtmlText("h4", file.name) + HtmlText("pre", AsText(file.bytes)) + "\n";
      } else {
        inner +=
            HtmlElement(
                "figure", {}, PngImage(file.bytes, file.name) + HtmlText("figcaption", file.name)) +
            "\n";
      }
    }
    text += HtmlElement("details", {}, HtmlText("summary", cell.name) + "\n" + inner) + "\n";
  }
  return text;
}

void AddRun(const ReportRun& run, size_t index, size_t count, Page& page) {
  const std::string id = fmt::format("run{}", index + 1);
  page.Section(id, count == 1 ? "What was measured" : fmt::format("{}: {}", index + 1, run.name));
  if (!run.description.empty()) page.Add(HtmlText("p", run.description));
  page.Add(Facts(run.at_a_glance));
  for (const std::string& remark : run.remarks) page.Add(HtmlText("p", remark));
  if (!run.summary.empty())
    page.Add(HtmlElement("section", {{"class", "summary"}}, "\n" + MarkdownToHtml(run.summary)));
  for (const TableModel& table : run.tables) {
    page.Add(RenderHtml(table));
    page.Add(Again(run.command));
  }
  for (size_t i = 0; i < run.figures.size(); ++i)
    page.Add(FigureHtml(run.figures[i], fmt::format("{}f{}-", id, i)));
  if (const std::string pictures = CellsHtml(run.cells, false); !pictures.empty())
    page.Add(HtmlText("h3", "Pictures, measurement by measurement") + "\n" + pictures);
  if (const std::string evidence = CellsHtml(run.cells, true); !evidence.empty())
    page.Add(HtmlText("h3", "Evidence, as it was written down") + "\n" + evidence);
  if (run.manifest.is_object()) {
    page.Add(HtmlElement("details",
                         {},
                         HtmlText("summary", "Manifest: settings, code, libraries and machine") +
                             HtmlText("pre", run.manifest.dump(2))));
  }
}

// Of two runs the paired statistics, and of any number the values that differ.
void AddComparison(const std::vector<ReportRun>& runs, Page& page) {
  if (runs.size() == 2) {
    const ComparisonSide a{"1: " + runs[0].name, runs[0].rows};
    const ComparisonSide b{"2: " + runs[1].name, runs[1].rows};
    const Comparison comparison = CompareSides(a, b, {});
    TableModel summary = SummaryTable(comparison);
    summary.title = "Metric by metric";
    if (!summary.rows.empty()) page.Add(RenderHtml(summary));
    const TableModel one_sided = OneSidedTable(comparison);
    if (!one_sided.rows.empty()) page.Add(RenderHtml(one_sided));
  }
  page.Add(RenderHtml(CompareRuns(runs)));
}

void AddGlossary(const Report& report, Page& page) {
  page.Section("glossary", "What the words mean");
  std::string terms;
  for (const std::string& name : report.metrics) {
    const MetricInfo* metric = FindMetric(name);
    if (metric == nullptr) continue;
    std::string meaning = metric->definition;
    if (!metric->source.empty()) meaning += " Source: " + metric->source + ".";
    const char* better = metric->direction == Direction::kHigher  ? " Higher is better."
                         : metric->direction == Direction::kLower ? " Lower is better."
                                                                  : "";
    const std::string unit = metric->unit.empty() ? "" : " (" + metric->unit + ")";
    terms += HtmlElement("dt", {{"id", "metric-" + name}}, HtmlEscaped(name + unit)) +
             HtmlText("dd", meaning + better) + "\n";
  }
  if (!terms.empty())
    page.Add(HtmlText("h3", "Measures") + "\n" + HtmlElement("dl", {{"class", "terms"}}, terms));
  std::string plugins;
  for (const ReportTerm& plugin : report.plugins)
    plugins += HtmlText("dt", plugin.name) + HtmlText("dd", plugin.meaning) + "\n";
  if (!plugins.empty()) {
    page.Add(HtmlText("h3", "Methods and ciphers") + "\n" +
             HtmlElement("dl", {{"class", "terms"}}, plugins));
  }
}

std::string TitleOf(const Report& report) {
  if (report.runs.size() == 1) return "Chaosense: " + report.runs[0].name;
  return fmt::format("Chaosense: {} runs side by side", report.runs.size());
}

constexpr const char* kIntroduction =
    "Chaosense studies one chain: a picture is compressed to fewer numbers than it has pixels "
    "(compressed sensing), the numbers are encrypted, sent, decrypted, and turned back into a "
    "picture. This page shows what was measured on that chain, and how to measure it again.";
constexpr const char* kReading =
    "In the tables, \u201Cours\u201D was measured by this program, \u201Cpublished\u201D is copied "
    "from the literature and never mixed with ours, and \u201Cdiff\u201D is ours minus published. "
    "\u201C--\u201D means not measured. Small letters lead to the notes below a table. Press an "
    "arrow in a heading to sort, a heading itself for its definition.";

}  // namespace

std::string RenderReport(const Report& report) {
  Page page;
  if (report.runs.size() > 1) {
    page.Section("comparison", "The runs side by side");
    AddComparison(report.runs, page);
  }
  for (size_t i = 0; i < report.runs.size(); ++i)
    AddRun(report.runs[i], i, report.runs.size(), page);
  AddGlossary(report, page);
  const std::string title = TitleOf(report);
  const std::string head =
      "<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
      HtmlText("title", title) + "\n<style>" + kReportStyle + "</style>\n</head>\n";
  const std::string top =
      HtmlElement("header",
                  {},
                  "\n" + HtmlText("h1", title) + "\n" + HtmlText("p", kIntroduction) + "\n" +
                      HtmlText("p", kReading) + "\n" +
                      HtmlElement("nav",
                                  {{"aria-label", "sections"}},
                                  HtmlElement("ul", {}, "\n" + page.navigation())) +
                      "\n");
  return "<!DOCTYPE html>\n<html lang=\"en\">\n" + head + "<body>\n" + top + "\n" +
         HtmlElement("main", {}, "\n" + page.body()) + "\n" +
         HtmlText("footer",
                  "Made by `chaosense report` from the result files alone. Values that depend on "
                  "the machine (times, memory) differ elsewhere; all others do not.") +
         "\n<script>" + kReportScript + "</script>\n</body>\n</html>\n";
}

}  // namespace chaosense
