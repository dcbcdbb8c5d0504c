#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/suggest.h"
#include "experiments/cli/command.h"
#include "experiments/cli/find_run.h"
#include "experiments/run_folder.h"
#include "plotting/comparison.h"
#include "plotting/render.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

po::options_description Options() {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "run",
      po::value<Texts>()->value_name("RUN"),
      "one or two runs: folders, names under results/runs or the project's results, or cells.csv "
      "files")("axis",
               po::value<std::string>()->value_name("AXIS=X,Y"),
               "compare the results of X (in the first run) with those of Y (in the last), e.g. "
               "method=pca_lmmse,fclbcnn or sweep.rounds=2,3; as a JSON array where values hold "
               "commas: method=[\"a, b\",\"c\"]")(
      "only",
      po::value<Texts>()->composing()->value_name("AXIS=V,..."),
      "only results with these values of an axis (dataset image rate method cipher map variant "
      "seed sweep.KEY metric), written as for --axis; may be given again")(
      "per",
      po::value<Texts>()->composing()->value_name("AXIS"),
      "statistics for each value of this axis, not over all of them; may be given again")(
      "tolerance",
      po::value<double>()->default_value(0)->value_name("X"),
      "values that differ by no more than X agree")(
      "relative",
      po::value<double>()->default_value(0)->value_name("R"),
      "... or by no more than R times the larger of the two")(
      "limit",
      po::value<int64_t>()->default_value(40)->value_name("N"),
      "differing values to print (text, markdown); 0: all")(
      "format",
      po::value<std::string>()->default_value("text")->value_name("F"),
      "text, markdown, csv (every value of both) or json")(
      "fail-on-difference",
      po::bool_switch(),
      "end with 1 if any value differs by more than the tolerance (times and memory aside) or is "
      "in one run only");
  return options;
}

ComparisonSide ReadSide(const std::string& given) {
  if (fs::is_regular_file(given)) return {given, ReadCells(ReadTextFile(given), given)};
  return {given, ReadRunFolder(FindRun(given)).rows};
}

// A swept setting must be one of this side's.
void RequireSwept(const ComparisonSide& side, const std::string& axis, const std::string& option) {
  if (!axis.starts_with("sweep.")) return;
  const Texts swept = SweepAxes(side.rows);
  if (std::find(swept.begin(), swept.end(), axis) == swept.end())
    throw ConfigError("{}: {} has no axis \"{}\"{}",
                      option,
                      side.name,
                      axis,
                      NearestAndAll(axis, swept, "swept"));
}

// Only the rows with these values of an axis, and, where a value is not there, an error.
void Keep(ComparisonSide& side,
          const std::string& axis,
          const Texts& values,
          const std::string& option) {
  RequireSwept(side, axis, option);
  std::set<std::string> known;
  for (const ResultRow& row : side.rows) {
    if (row.measured()) known.insert(MatchText(row, axis));
  }
  for (const std::string& value : values) {
    if (known.contains(value)) continue;
    const Texts names(known.begin(), known.end());
    throw ConfigError("{}: {} has no results of {} \"{}\"{}",
                      option,
                      side.name,
                      axis,
                      value,
                      NearestAndAll(value, names, "there are"));
  }
  std::erase_if(side.rows, [&](const ResultRow& row) {
    return std::find(values.begin(), values.end(), MatchText(row, axis)) == values.end();
  });
}

// One value of an axis, taken off the rows so that they match those of another.
void TakeSide(ComparisonSide& side, const std::string& axis, const std::string& value) {
  Keep(side, axis, {value}, "--axis");
  for (ResultRow& row : side.rows) {
    if (axis == "dataset") row.dataset.clear();
    if (axis == "image") row.image.clear();
    if (axis == "rate") row.rate = 0;
    if (axis == "method") row.method.clear();
    if (axis == "cipher") row.cipher.clear();
    if (axis == "map") row.map.clear();
    if (axis == "variant") row.variant.clear();
    if (axis == "seed") row.seed = 0;
    if (axis == "sweep") row.sweep.clear();
    if (axis.starts_with("sweep.")) row.sweep.erase(axis.substr(std::string("sweep.").size()));
  }
  side.name += fmt::format(" {} {}", axis, value);
}

ComparisonOptions OptionsOf(const po::variables_map& values) {
  ComparisonOptions options;
  options.absolute = values["tolerance"].as<double>();
  options.relative = values["relative"].as<double>();
  if (!(options.absolute >= 0) || !(options.relative >= 0))
    throw ConfigError("--tolerance, --relative: expected at least 0");
  if (values.count("per") != 0) options.per = values["per"].as<Texts>();
  for (const std::string& axis : options.per) RequireAxis(axis, "--per");
  std::erase(options.per, "metric");  // always by metric
  return options;
}

void Print(const Comparison& comparison, const std::string& format, size_t limit) {
  if (format == "csv") {
    std::cout << ComparisonCsv(comparison);
    return;
  }
  if (format == "json") {
    std::cout << ComparisonJson(comparison).dump(2) << '\n';
    return;
  }
  const auto render = format == "markdown" ? RenderMarkdown : RenderText;
  std::cout << render(SummaryTable(comparison)) << '\n';
  std::cout << render(DifferenceTable(comparison, limit));
  if (!comparison.only_a.empty() || !comparison.only_b.empty())
    std::cout << '\n' << render(OneSidedTable(comparison));
}

}  // namespace

int CompareCommand(const Arguments& arguments, Registries&) {
  const po::options_description options = Options();
  const po::variables_map values = ParseOptions(arguments, options, {{"run", -1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense compare RUN [RUN] [options]",
        "Matches the values of two runs (or of two methods, ciphers, maps ... of one), and says "
        "what differs, what\nonly one has, and for each metric the mean difference with its 95 % "
        "interval and paired tests over images or\nseeds. Runs nothing. Ends with 0; with 1 only "
        "under --fail-on-difference. `chaosense report RUN RUN` makes a page.",
        options,
        "  chaosense compare table1 results/runs/table1 --fail-on-difference --relative 1e-6\n"
        "  chaosense compare table1 --axis method=pca_lmmse,fclbcnn --only metric=psnr,ssim --per "
        "rate\n");
    return 0;
  }
  const Texts runs = values.count("run") != 0 ? values["run"].as<Texts>() : Texts();
  const bool by_axis = values.count("axis") != 0;
  if (runs.empty() || runs.size() > 2 || (runs.size() == 1 && !by_axis)) {
    throw ConfigError(
        "compare: expected two runs, or one run and --axis; usage: chaosense compare RUN [RUN] "
        "[--axis AXIS=X,Y]");
  }
  const std::string format = ChoiceOf(values, "format", {"text", "markdown", "csv", "json"});
  const int64_t limit = values["limit"].as<int64_t>();
  if (limit < 0) throw ConfigError("--limit: {} is out of range, expected at least 0", limit);
  const ComparisonOptions wanted = OptionsOf(values);
  ComparisonSide a = ReadSide(runs[0]), b = ReadSide(runs.back());
  for (const std::string& axis : wanted.per) RequireSwept(a, axis, "--per");
  if (values.count("only") != 0) {
    for (const std::string& text : values["only"].as<Texts>()) {
      const auto [axis, kept] = AxisAndValues(text, "--only");
      for (ComparisonSide* side : {&a, &b}) Keep(*side, axis, kept, "--only");
    }
  }
  if (by_axis) {
    const auto [axis, pair] = AxisAndValues(values["axis"].as<std::string>(), "--axis");
    if (pair.size() != 2 || axis == "metric")
      throw ConfigError("--axis: expected two values of an axis that is not metric: AXIS=X,Y");
    TakeSide(a, axis, pair[0]);
    TakeSide(b, axis, pair[1]);
  }
  const Comparison comparison = CompareSides(a, b, wanted);
  if (comparison.values.empty())
    throw ConfigError("compare: {} and {} have no value in common", a.name, b.name);
  Print(comparison, format, static_cast<size_t>(limit));
  return values["fail-on-difference"].as<bool>() && !comparison.Same() ? 1 : 0;
}

}  // namespace chaosense
