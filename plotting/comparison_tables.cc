#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/metrics/metric.h"
#include "plotting/comparison.h"
#include "plotting/csv.h"
#include "plotting/table_style.h"

namespace chaosense {
namespace {

int PrecisionOf(const std::string& metric) {
  const MetricInfo* info = FindMetric(metric);
  return info != nullptr ? std::max(info->precision, 4) : 6;
}

TableCell Number(double value, int precision) {
  return {FormatValue(value, MetricFormat::kNumber, precision), value, false, ""};
}

TableCell Signed(double value, int precision) {
  return {FormatDifference(value, precision), value, false, ""};
}

TableCell Text(const std::string& text) { return {text, {}, false, ""}; }

TableCell Count(int64_t count) {
  return {std::to_string(count), static_cast<double>(count), false, ""};
}

TableCell PValue(const std::optional<double>& p) {
  return p ? TableCell{FormatValue(*p, MetricFormat::kPValue, 4), *p, false, ""} : Text("--");
}

TableCell Interval(const SampleSummary& differences, int precision) {
  if (!differences.half_width) return Text("--");
  return Text(fmt::format("{} to {}",
                          FormatDifference(differences.mean - *differences.half_width, precision),
                          FormatDifference(differences.mean + *differences.half_width, precision)));
}

// What may be said, and no more.
std::string VerdictOf(const GroupComparison& group) {
  const PairedTest& test = group.test;
  if (test.wilcoxon_n == 0) return test.differences.n == 0 ? "nothing finite" : "equal";
  const MetricInfo* metric = FindMetric(group.metric);
  if (metric != nullptr && DependsOnMachine(*metric)) return "depends on the machine";
  if (group.same_for_seeds) return "does not vary with the seed";
  if (test.wilcoxon_n < kFewestPairs)
    return fmt::format("too few pairs ({} < {})", test.wilcoxon_n, kFewestPairs);
  if (!IsSignificant(test) || !group.holm_p || *group.holm_p >= 0.05) return "not significant";
  const bool higher =
      test.wilcoxon_plus * 4 > static_cast<double>(test.wilcoxon_n * (test.wilcoxon_n + 1));
  const Direction direction = metric != nullptr ? metric->direction : Direction::kNone;
  if (direction == Direction::kHigher) return higher ? "second better" : "first better";
  if (direction == Direction::kLower) return higher ? "first better" : "second better";
  return higher ? "second higher" : "first higher";
}

double RelativeDifference(const MatchedValue& value) {
  if (!std::isfinite(value.difference)) return std::numeric_limits<double>::infinity();
  return std::abs(value.difference) /
         std::max({std::abs(value.a->value), std::abs(value.b->value), 1e-12});
}

}  // namespace

TableModel SummaryTable(const Comparison& comparison) {
  TableModel table;
  table.id = "summary";
  table.title = fmt::format("1: {}, 2: {}", comparison.name_a, comparison.name_b);
  table.row_headings = {"metric"};
  table.row_headings.insert(
      table.row_headings.end(), comparison.options.per.begin(), comparison.options.per.end());
  for (const char* heading : {"values",
                              "differ",
                              "pairs",
                              "mean 1",
                              "mean 2",
                              "2 - 1",
                              "95 % interval",
                              "p (t)",
                              "p (Wilcoxon)",
                              "p (Holm)",
                              "verdict"}) {
    table.columns.push_back({{heading}, {""}});
  }
  int64_t left_out = 0;
  for (const GroupComparison& group : comparison.groups) {
    const int precision = PrecisionOf(group.metric);
    TableRow row;
    row.headings.push_back(Text(group.metric));
    for (const std::string& value : group.per) row.headings.push_back(Text(value));
    const SampleSummary& differences = group.test.differences;
    row.cells = {
        Count(group.matched),
        Count(group.differ),
        Text(fmt::format("{} {}{}", differences.n, group.unit, differences.n == 1 ? "" : "s")),
        Number(group.mean_a, precision),
        Number(group.mean_b, precision),
        Signed(differences.mean, precision),
        Interval(differences, precision),
        PValue(group.test.t_p),
        PValue(group.test.wilcoxon_p),
        PValue(group.holm_p),
        Text(VerdictOf(group))};
    left_out += group.left_out;
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      "pairs: images, or seeds where there is one image and they differ; the differences of one "
      "are "
      "averaged over everything else, as they are not independent",
      "95 % interval of the mean difference and p (t): Student's t for pairs; p (Wilcoxon): "
      "signed ranks, two-sided, exact up to 50 pairs; p (Holm): the same, adjusted for all lines",
      fmt::format("a difference is called by p (Holm) < 0.05, and never with fewer than {} pairs "
                  "that differ",
                  kFewestPairs)};
  if (left_out > 0)
    table.notes.push_back(
        fmt::format("{} values that are not finite are left out of the means and tests", left_out));
  return table;
}

TableModel DifferenceTable(const Comparison& comparison, size_t limit) {
  std::vector<const MatchedValue*> differing;
  for (const MatchedValue& value : comparison.values) {
    if (!value.agrees) differing.push_back(&value);
  }
  std::stable_sort(differing.begin(), differing.end(), [](const auto* a, const auto* b) {
    return RelativeDifference(*a) > RelativeDifference(*b);
  });
  const size_t all = differing.size();
  if (limit > 0 && all > limit) differing.resize(limit);
  TableModel table;
  table.id = "comparison";
  table.title = "Values that differ";
  std::vector<std::string> shown;
  for (const std::string& axis : MatchAxes()) {
    const bool varies = std::any_of(differing.begin(), differing.end(), [&](const auto* one) {
      return MatchText(*one->a, axis) != MatchText(*differing[0]->a, axis);
    });
    if (varies || axis == "metric") shown.push_back(axis);
  }
  table.row_headings = shown;
  table.columns = {{{"1"}, {""}}, {{"2"}, {""}}, {{"2 - 1"}, {""}}};
  for (const MatchedValue* value : differing) {
    TableRow row;
    for (const std::string& axis : shown) row.headings.push_back(Text(MatchText(*value->a, axis)));
    const int precision = PrecisionOf(value->a->metric);
    row.cells = {Number(value->a->value, precision),
                 Number(value->b->value, precision),
                 Signed(value->difference, precision)};
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(fmt::format("1: {}, 2: {}", comparison.name_a, comparison.name_b));
  table.notes.push_back(
      fmt::format("{} values are in both, {} of them {}",
                  comparison.values.size(),
                  comparison.values.size() - all,
                  comparison.options.absolute == 0 && comparison.options.relative == 0
                      ? "equal to the last bit"
                      : "within the tolerance"));
  if (all > differing.size())
    table.notes.push_back(
        fmt::format("the {} largest relative differences of {} are shown", differing.size(), all));
  return table;
}

TableModel OneSidedTable(const Comparison& comparison) {
  TableModel table;
  table.id = "one_sided";
  table.title = "Values that only one of the two has";
  table.row_headings = {"dataset", "rate", "method", "cipher", "map", "variant"};
  table.columns = {{{"only in 1"}, {""}}, {{"only in 2"}, {""}}, {{"metrics"}, {""}}};
  struct Counts {
    int64_t a = 0, b = 0;
    std::vector<std::string> metrics;
  };
  std::map<std::vector<std::string>, Counts> cells;
  const auto count = [&](const ResultRow& row, int64_t Counts::*side) {
    std::vector<std::string> key;
    for (const std::string& axis : table.row_headings) key.push_back(MatchText(row, axis));
    Counts& counts = cells[key];
    ++(counts.*side);
    if (std::find(counts.metrics.begin(), counts.metrics.end(), row.metric) == counts.metrics.end())
      counts.metrics.push_back(row.metric);
  };
  for (const ResultRow* row : comparison.only_a) count(*row, &Counts::a);
  for (const ResultRow* row : comparison.only_b) count(*row, &Counts::b);
  for (const auto& [key, counts] : cells) {
    TableRow row;
    for (const std::string& value : key) row.headings.push_back(Text(value));
    const size_t named = std::min<size_t>(counts.metrics.size(), 3);
    std::string metrics = fmt::format(
        "{}",
        fmt::join(
            counts.metrics.begin(), counts.metrics.begin() + static_cast<ptrdiff_t>(named), ", "));
    if (counts.metrics.size() > named)
      metrics += fmt::format(" and {} more", counts.metrics.size() - named);
    row.cells = {Count(counts.a), Count(counts.b), Text(metrics)};
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string ComparisonCsv(const Comparison& comparison) {
  std::vector<std::string> header = MatchAxes();
  header.insert(header.end(), {"a", "b", "difference", "status"});
  std::string text = CsvLine(header);
  const auto add = [&](const ResultRow& row,
                       const std::string& a,
                       const std::string& b,
                       const std::string& difference,
                       const char* status) {
    std::vector<std::string> line = MatchKey(row);
    line.insert(line.end(), {a, b, difference, status});
    text += CsvLine(line);
  };
  for (const MatchedValue& value : comparison.values) {
    add(*value.a,
        NumberText(value.a->value),
        NumberText(value.b->value),
        NumberText(value.difference),
        value.agrees ? "same" : "differs");
  }
  for (const ResultRow* row : comparison.only_a)
    add(*row, NumberText(row->value), "", "", "only a");
  for (const ResultRow* row : comparison.only_b)
    add(*row, "", NumberText(row->value), "", "only b");
  return text;
}

Json ComparisonJson(const Comparison& comparison) {
  const auto optional = [](const std::optional<double>& value) {
    return value ? NumberToJson(*value) : Json();
  };
  Json groups = Json::array();
  for (const GroupComparison& group : comparison.groups) {
    Json per = Json::object();
    for (size_t i = 0; i < group.per.size(); ++i) per[comparison.options.per[i]] = group.per[i];
    groups.push_back({{"metric", group.metric},
                      {"per", per},
                      {"values", group.matched},
                      {"differ", group.differ},
                      {"not_finite", group.left_out},
                      {"unit", group.unit},
                      {"pairs", group.test.differences.n},
                      {"mean_a", NumberToJson(group.mean_a)},
                      {"mean_b", NumberToJson(group.mean_b)},
                      {"mean_difference", NumberToJson(group.test.differences.mean)},
                      {"deviation", optional(group.test.differences.deviation)},
                      {"half_interval_95", optional(group.test.differences.half_width)},
                      {"p_t", optional(group.test.t_p)},
                      {"p_wilcoxon", optional(group.test.wilcoxon_p)},
                      {"p_holm", optional(group.holm_p)},
                      {"verdict", VerdictOf(group)}});
  }
  const auto row_json = [](const ResultRow& row) {
    Json json = Json::object();
    for (const std::string& axis : MatchAxes()) json[axis] = MatchText(row, axis);
    return json;
  };
  Json values = Json::array(), only_a = Json::array(), only_b = Json::array();
  for (const MatchedValue& value : comparison.values) {
    if (value.agrees) continue;
    Json json = row_json(*value.a);
    json.update({{"a", NumberToJson(value.a->value)},
                 {"b", NumberToJson(value.b->value)},
                 {"difference", NumberToJson(value.difference)}});
    values.push_back(std::move(json));
  }
  for (const ResultRow* row : comparison.only_a) only_a.push_back(row_json(*row));
  for (const ResultRow* row : comparison.only_b) only_b.push_back(row_json(*row));
  return {{"a", comparison.name_a},
          {"b", comparison.name_b},
          {"matched", comparison.values.size()},
          {"differ", values},
          {"only_a", only_a},
          {"only_b", only_b},
          {"summary", groups}};
}

}  // namespace chaosense
