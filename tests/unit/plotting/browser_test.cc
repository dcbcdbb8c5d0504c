// What a real browser says of the report, where there is one: that it fits a wide and a narrow
// window without scrolling sideways, and that its script runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/file.h"
#include "core/base/process.h"
#include "core/base/scratch_folder.h"
#include "plotting/html_report.h"
#include "tests/unit/plotting/test_rows.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Measures the page from a frame of each width (the window of a headless browser has a least
// width), sorts a table, and leaves what it found in the title.
constexpr const char* kProbe =
    R"html(<!DOCTYPE html><html><head><title>nothing</title></head><body><script>
const widths = [1400, 390];
const found = [];
const page = document.createElement("iframe");
page.src = "report.html";
document.body.append(page);
page.onload = () => {
  const inner = page.contentDocument;
  for (const width of widths) {
    page.style.width = width + "px";
    page.style.border = "0";
    found.push(width + ":" + inner.documentElement.scrollWidth);
  }
  const table = inner.querySelector("table.sortable");
  const first = () => table.tBodies[0].rows[0].textContent;
  const before = first();
  const button = table.querySelector("button[data-column='2']");
  button.click();
  const up = first();
  button.click();
  found.push("sorted:" + (up !== first()));
  button.click();
  found.push("restored:" + (before === first()));
  document.title = "FOUND " + found.join(" ");
};
</script></body></html>)html";

// What the probe found; "" if the browser did not run it.
std::string Probe(const std::string& browser, const std::string& page) {
  const ScratchFolder folder;
  WriteFileAtomically(folder.path() / "report.html", std::string_view(page));
  WriteFileAtomically(folder.path() / "probe.html", std::string_view(kProbe));
  ProcessOptions options;
  options.arguments = {browser,
                       "--headless",
                       "--no-sandbox",
                       "--disable-gpu",
                       "--allow-file-access-from-files",
                       "--user-data-dir=" + (folder.path() / "profile").string(),
                       "--window-size=1500,1000",
                       "--virtual-time-budget=5000",
                       "--dump-dom",
                       "file://" + (folder.path() / "probe.html").string()};
  options.timeout_s = 120;
  const ProcessResult result = RunProcess(options);
  const std::string dom(result.output.begin(), result.output.end());
  const size_t from = dom.find("FOUND "), to = dom.find("</title>", from);
  return from == std::string::npos ? "" : dom.substr(from, to - from);
}

std::string Browser() {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
    if (!FindProgram(name).empty()) return name;
  }
  return "";
}

Report WideReport() {
  ReportRun run;
  run.name = "a_run_with_a_name_that_is_far_too_long_for_a_narrow_window_of_a_telephone";
  run.command = "chaosense run " + std::string(300, 'x');
  run.at_a_glance = {{"images", std::string(500, 'a')}};
  TableSpec spec = ParseTableSpec(
      {{"id", "t"}, {"metric", "psnr"}, {"rows", {"rate", "method"}}, {"columns", {"image"}}}, "t");
  for (int m = 0; m < 5; ++m) {
    for (int i = 0; i < 30; ++i)
      run.rows.push_back(Measured(
          0.25, "method" + std::to_string(m), "image" + std::to_string(i), 20 + (7 * m + i) % 11));
  }
  run.tables = {BuildTable(spec, run.rows)};
  run.figures = {{"f", "A figure", "<svg width=\"2000\" height=\"100\"></svg>", {}}};
  run.summary = std::string(400, 'y');
  run.manifest = {{"long", std::string(1000, 'z')}};
  return {{run}, {"psnr"}, {{"m", "a method"}}};
}

// As wide as the window, or narrower by its scroll bar.
constexpr char kFits[] = "FOUND 1400:(1400|1385) 390:(390|375)";

TEST(Browser, ReportFitsWideAndNarrowWindowsAndSorts) {
  const std::string browser = Browser();
  if (browser.empty()) GTEST_SKIP() << "no chromium here";
  Report report = WideReport();
  EXPECT_THAT(Probe(browser, RenderReport(report)),
              testing::ContainsRegex(std::string(kFits) + " sorted:true restored:true"));
  report.runs.push_back(report.runs[0]);
  for (ResultRow& row : report.runs[1].rows) row.value += 0.25;
  EXPECT_THAT(Probe(browser, RenderReport(report)), testing::ContainsRegex(kFits));
}

TEST(Browser, ProbeSeesAPageThatIsTooWide) {  // so that the test above means something
  const std::string browser = Browser();
  if (browser.empty()) GTEST_SKIP() << "no chromium here";
  EXPECT_THAT(
      Probe(browser,
            "<!DOCTYPE html><body><div style='width:900px'>wide</div><table class=sortable>"
            "<thead><tr><th><button data-column=2></button></thead><tbody><tr><td>a</table>"),
      HasSubstr("390:9"));
}

TEST(Browser, CommittedReportFits) {
  const std::string browser = Browser();
  if (browser.empty()) GTEST_SKIP() << "no chromium here";
  const std::string page =
      ReadTextFile(fs::path(CHAOSENSE_SOURCE_DIR) / "results" / "audit" / "report.html");
  EXPECT_THAT(Probe(browser, page), testing::ContainsRegex(kFits));
}

}  // namespace
}  // namespace chaosense
