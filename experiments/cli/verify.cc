#include "plotting/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "experiments/cli/command.h"
#include "experiments/cli/find_run.h"
#include "experiments/run_folder.h"
#include "plotting/render.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

using Texts = std::vector<std::string>;

constexpr int kOutsideTolerance = 4;

po::options_description Options() {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "run",
      po::value<Texts>()->value_name("RUN"),
      "run folders, or names under results/runs or the project's results")(
      "tolerance",
      po::value<Texts>()->composing()->value_name("[METRIC=]X"),
      "absolute tolerance, in the metric's unit, for one metric or all; may be given again")(
      "allow-better",
      po::bool_switch(),
      "values better than published by more than the tolerance do not count as outside")(
      "format",
      po::value<std::string>()->default_value("text")->value_name("F"),
      "text, markdown or csv");
  return options;
}

VerifyOptions ToleranceOptions(const po::variables_map& values) {
  VerifyOptions options;
  if (values.count("tolerance") == 0) return options;
  for (const std::string& text : values["tolerance"].as<Texts>()) {
    const size_t sign = text.find('=');
    const std::string metric = sign == std::string::npos ? "" : text.substr(0, sign);
    if (!metric.empty()) MetricByName(metric, "--tolerance");
    const auto number = ParseNumber(sign == std::string::npos ? text : text.substr(sign + 1));
    if (!number || !(*number >= 0))
      throw ConfigError("--tolerance: \"{}\", expected X or METRIC=X, X a number from 0", text);
    options.tolerance[metric] = *number;
  }
  return options;
}

// Prints the verdicts of one run; whether all is well.
bool Verify(const std::string& given,
            const VerifyOptions& options,
            bool allow_better,
            const std::string& format) {
  const RunFolder run = ReadRunFolder(FindRun(given));
  const std::string where = (run.path / "manifest.json").string() + ": /config/published";
  const std::vector<PublishedValue> published = ReadPublishedFiles(
      ProjectFolder() / "configs" / "published", run.config().value("published", Texts()), where);
  const auto aliases = run.config().value("aliases", std::map<std::string, std::string>());
  const std::vector<ValueVerdict> verdicts =
      VerifyValues(run.rows, published, aliases, run.Tables(), options);
  TableModel table = VerdictTable(verdicts);
  table.title = run.path.string() + ": ours and published";
  if (verdicts.empty())
    table.notes.push_back(published.empty()
                              ? "the run's config names no published values: nothing to verify"
                              : "no published value has ours beside it: nothing to verify");
  if (const size_t alone = PublishedOnlyRows(published, aliases, run.rows).size(); alone > 0)
    table.notes.push_back(
        fmt::format("{} published values have nothing of ours beside them", alone));
  const std::vector<std::string> contradictions = Contradictions(run);
  for (const std::string& one : contradictions) table.notes.push_back(one);
  std::cout << (format == "csv"        ? RenderCsv(table)
                : format == "markdown" ? RenderMarkdown(table)
                                       : RenderText(table));
  const bool outside =
      std::any_of(verdicts.begin(), verdicts.end(), [&](const ValueVerdict& verdict) {
        return verdict.agreement != Agreement::kWithin &&
               !(allow_better && verdict.agreement == Agreement::kBetter);
      });
  return !outside && contradictions.empty();
}

}  // namespace

int VerifyCommand(const Arguments& arguments, Registries&) {
  const po::options_description options = Options();
  const po::variables_map values = ParseOptions(arguments, options, {{"run", -1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense verify RUN... [options]",
        "Says of every value with a published one beside it whether they agree. The tolerance is "
        "that of --tolerance,\nof the table that shows the value (\"tolerance\"), of the published "
        "values (configs/published), or else rounding.\nAlso checks that cells.csv is what the "
        "ledger holds, if there is one, and the files of the tables what cells.csv gives.\nRuns "
        "nothing. Ends with 0, or with 4 if a value is outside or the files contradict each other.",
        options,
        "  chaosense verify table1 peers\n"
        "  chaosense verify results/runs/table1 --tolerance psnr=0.1 --allow-better\n");
    return 0;
  }
  if (values.count("run") == 0)
    throw ConfigError("verify: which run? usage: chaosense verify RUN...");
  const std::string format = ChoiceOf(values, "format", {"text", "markdown", "csv"});
  const VerifyOptions tolerance = ToleranceOptions(values);
  bool well = true, first = true;
  for (const std::string& run : values["run"].as<Texts>()) {
    if (!first) std::cout << '\n';
    first = false;
    well = Verify(run, tolerance, values["allow-better"].as<bool>(), format) && well;
  }
  return well ? 0 : kOutsideTolerance;
}

}  // namespace chaosense
