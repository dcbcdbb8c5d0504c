#include "plotting/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "core/metrics/metric.h"
#include "plotting/table_grid.h"
#include "plotting/table_style.h"

namespace chaosense {
namespace {

using Tolerances = std::map<std::string, double>;

std::optional<double> ToleranceOf(const Tolerances& tolerances, const std::string& metric) {
  for (const std::string& key : {metric, std::string()}) {
    if (const auto found = tolerances.find(key); found != tolerances.end()) return found->second;
  }
  return std::nullopt;
}

// The rows that each table with tolerances shows.
std::map<const ResultRow*, double> TableTolerances(const std::vector<TableSpec>& tables,
                                                   const std::vector<ResultRow>& rows) {
  std::map<const ResultRow*, double> tolerances;
  for (const TableSpec& table : tables) {
    if (table.tolerance.empty()) continue;
    for (const ResultRow* row : MakeGrid(table, rows).results) {
      if (const auto one = ToleranceOf(table.tolerance, row->metric)) tolerances.emplace(row, *one);
    }
  }
  return tolerances;
}

Agreement Judge(double ours, double published, double tolerance, Direction direction) {
  if (ours == published) return Agreement::kWithin;  // infinities too
  // Decimal values differ by a little more than their decimal difference.
  if (std::abs(ours - published) <= tolerance + 1e-12 * std::abs(published))
    return Agreement::kWithin;
  if (std::isnan(ours)) return Agreement::kOutside;
  if (direction == Direction::kHigher)
    return ours > published ? Agreement::kBetter : Agreement::kWorse;
  if (direction == Direction::kLower)
    return ours < published ? Agreement::kBetter : Agreement::kWorse;
  return Agreement::kOutside;
}

TableCell Text(const std::string& text) { return {text, {}, false, ""}; }

}  // namespace

std::string AgreementName(Agreement agreement) {
  switch (agreement) {
    case Agreement::kWithin:
      return "within";
    case Agreement::kBetter:
      return "better";
    case Agreement::kWorse:
      return "worse";
    case Agreement::kOutside:
      return "outside";
  }
  return "";
}

std::vector<ValueVerdict> VerifyValues(const std::vector<ResultRow>& rows,
                                       const std::vector<PublishedValue>& published,
                                       const std::map<std::string, std::string>& aliases,
                                       const std::vector<TableSpec>& tables,
                                       const VerifyOptions& options) {
  const std::vector<const PublishedValue*> matches = MatchPublished(published, aliases, rows);
  const std::map<const ResultRow*, double> by_table = TableTolerances(tables, rows);
  std::vector<ValueVerdict> verdicts;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (matches[i] == nullptr) continue;
    const MetricInfo& metric = MetricByName(rows[i].metric);
    ValueVerdict verdict;
    verdict.row = &rows[i];
    verdict.published = matches[i]->value;
    if (const auto given = ToleranceOf(options.tolerance, metric.name)) {
      verdict.tolerance = *given;
      verdict.origin = "command line";
    } else if (const auto table = by_table.find(&rows[i]); table != by_table.end()) {
      verdict.tolerance = table->second;
      verdict.origin = "table";
    } else if (matches[i]->tolerance) {
      verdict.tolerance = *matches[i]->tolerance;
      verdict.origin = "published values";
    } else {
      verdict.tolerance = 2 * std::pow(10, -metric.precision);
      verdict.origin = "rounding";
    }
    verdict.agreement = Judge(rows[i].value,
                              verdict.published,
                              verdict.tolerance,
                              matches[i]->constant ? Direction::kNone : metric.direction);
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

TableModel VerdictTable(const std::vector<ValueVerdict>& verdicts) {
  TableModel table;
  table.id = "verify";
  table.title = "Ours and published";
  std::vector<std::string> shown;
  for (const std::string& axis : AxisNames()) {
    const bool varies = std::any_of(verdicts.begin(), verdicts.end(), [&](const auto& one) {
      return AxisText(*one.row, axis) != AxisText(*verdicts[0].row, axis);
    });
    if (varies || axis == "metric") shown.push_back(axis);
  }
  table.row_headings = shown;
  for (const char* heading : {"ours", "published", "diff", "tolerance", "from", "verdict"})
    table.columns.push_back({{heading}, {""}});
  for (const ValueVerdict& verdict : verdicts) {
    const ResultRow& row = *verdict.row;
    TableRow line;
    for (const std::string& axis : shown) line.headings.push_back(Text(AxisText(row, axis)));
    const int precision = std::max(MetricByName(row.metric).precision, 2);
    const double difference = row.value - verdict.published;
    line.cells = {{FormatValue(row.value, MetricFormat::kNumber, precision), row.value, false, ""},
                  {FormatValue(verdict.published, MetricFormat::kNumber, precision),
                   verdict.published,
                   false,
                   ""},
                  {FormatDifference(difference, precision), difference, false, ""},
                  {NumberText(verdict.tolerance), verdict.tolerance, false, ""},
                  Text(verdict.origin),
                  Text(AgreementName(verdict.agreement))};
    table.rows.push_back(std::move(line));
  }
  std::map<Agreement, size_t> counts;
  for (const ValueVerdict& verdict : verdicts) ++counts[verdict.agreement];
  std::string note = fmt::format("{} published values have ours beside them:", verdicts.size());
  for (const auto& [agreement, count] : counts)
    note += fmt::format(
        "{} {} {}", agreement == counts.begin()->first ? "" : ",", count, AgreementName(agreement));
  if (!verdicts.empty()) table.notes.push_back(note);
  if (counts.size() > 1 || (counts.size() == 1 && !counts.contains(Agreement::kWithin)))
    table.notes.push_back("better, worse: outside the tolerance, in the metric's direction");
  return table;
}

}  // namespace chaosense
