#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/metrics/metric.h"
#include "plotting/comparison.h"
#include "plotting/html_report.h"
#include "plotting/table_style.h"

namespace chaosense {
namespace {

using Key = std::vector<std::string>;

struct Compared {
  Key key;
  std::vector<std::optional<double>> values;  // one for each run
  double difference = 0;                      // the largest relative one
};

double RelativeDifference(double a, double b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0;
  if (!std::isfinite(a) || !std::isfinite(b)) return INFINITY;
  return std::abs(a - b) / std::max({std::abs(a), std::abs(b), 1e-12});
}

std::vector<Compared> CommonValues(const std::vector<ReportRun>& runs) {
  std::vector<Compared> all;
  std::map<Key, size_t> at;
  for (size_t i = 0; i < runs.size(); ++i) {
    for (const ResultRow& row : runs[i].rows) {
      if (!row.measured()) continue;
      const auto [place, fresh] = at.emplace(MatchKey(row), all.size());
      if (fresh) all.push_back({place->first, std::vector<std::optional<double>>(runs.size()), 0});
      all[place->second].values[i] = row.value;
    }
  }
  std::erase_if(all, [](const Compared& one) {
    return std::count_if(one.values.begin(), one.values.end(), [](const auto& v) {
             return v.has_value();
           }) < 2;
  });
  for (Compared& one : all) {
    std::optional<double> first;
    for (const std::optional<double>& value : one.values) {
      if (first && value)
        one.difference = std::max(one.difference, RelativeDifference(*first, *value));
      if (!first) first = value;
    }
  }
  return all;
}

}  // namespace

TableModel CompareRuns(const std::vector<ReportRun>& runs, size_t limit) {
  std::vector<Compared> values = CommonValues(runs);
  const size_t common = values.size();
  std::erase_if(values, [](const Compared& one) { return one.difference == 0; });
  const size_t differ = values.size();
  std::stable_sort(values.begin(), values.end(), [](const Compared& a, const Compared& b) {
    return a.difference > b.difference;
  });
  if (values.size() > limit) values.resize(limit);

  TableModel table;
  table.id = "comparison";
  table.title = "Values that differ between the runs";
  std::vector<size_t> shown;
  for (size_t i = 0; i < MatchAxes().size(); ++i) {
    const bool varies = std::any_of(values.begin(), values.end(), [&](const Compared& one) {
      return one.key[i] != values[0].key[i];
    });
    if (varies || MatchAxes()[i] == "metric") shown.push_back(i);
  }
  for (const size_t i : shown) table.row_headings.push_back(MatchAxes()[i]);
  for (size_t i = 0; i < runs.size(); ++i)
    table.columns.push_back({{fmt::format("{}: {}", i + 1, runs[i].name)}, {""}});
  if (runs.size() == 2) table.columns.push_back({{"2 - 1"}, {""}});
  for (const Compared& one : values) {
    TableRow row;
    for (const size_t i : shown) row.headings.push_back({one.key[i], {}, false, ""});
    const MetricInfo* metric = FindMetric(one.key.back());
    const int precision = metric != nullptr ? std::max(metric->precision, 4) : 6;
    const auto cell = [&](const std::optional<double>& value) {
      return TableCell{
          value ? FormatValue(*value, MetricFormat::kNumber, precision) : "--", value, false, ""};
    };
    for (const std::optional<double>& value : one.values) row.cells.push_back(cell(value));
    if (runs.size() == 2) row.cells.push_back(cell(*one.values[1] - *one.values[0]));
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(fmt::format(
      "{} values are in at least two of the runs; {} of them are equal to the last bit.",
      common,
      common - differ));
  if (differ > limit)
    table.notes.push_back(
        fmt::format("The {} largest relative differences of {} are shown.", limit, differ));
  return table;
}

}  // namespace chaosense
