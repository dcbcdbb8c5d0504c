#include "plotting/table_spread.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/metrics/metric.h"
#include "core/metrics/paired.h"

namespace chaosense {

std::set<size_t> CountsOf(const TableGrid& grid) {
  std::set<size_t> counts;
  for (const auto& line : grid.cells) {
    for (const GridEntry& entry : line) {
      if (entry.measured()) counts.insert(entry.ours.size());
    }
  }
  return counts;
}

bool AtLimit(const TableSpec& spec, const std::string& metric, double value) {
  const auto limit = spec.limit.find(metric);
  return limit != spec.limit.end() && value >= limit->second;
}

namespace {

// " (0.98 to 1.00)", or " (to 1.00)" where the cell's own value is the other end.
std::string RangeText(const std::vector<double>& values, const ValueStyle& style, bool one_end) {
  const auto [least, most] = std::ranges::minmax(values);
  const auto print = [&](double value) {
    return FormatValue(value * style.scale, style.format, style.precision);
  };
  if (print(least) == print(most)) return "";
  if (!one_end) return fmt::format(" ({} to {})", print(least), print(most));
  return fmt::format(" (to {})", print(style.direction == Direction::kLower ? least : most));
}

// The columns in which no cell has more than one result, though others have.
std::vector<std::string> SingleColumns(const TableSpec& spec, const TableGrid& grid) {
  std::vector<std::string> single;
  for (size_t c = 0; c < grid.columns.size(); ++c) {
    size_t most = 0;
    for (const auto& line : grid.cells) most = std::max(most, line[c].ours.size());
    if (most == 1)
      single.push_back(LabelOf(spec, fmt::format("{}", fmt::join(grid.columns[c], " "))));
  }
  return single;
}

// Whether the results of a cell that would print ± are all the same.
bool AnyWithoutSpread(const TableSpec& spec, const TableGrid& grid) {
  for (const auto& line : grid.cells) {
    for (const GridEntry& entry : line) {
      if (entry.ours.size() < 2) continue;
      const MetricInfo& metric = MetricByName(entry.ours[0]->metric);
      if (metric.format != MetricFormat::kNumber || (spec.interval && IsBounded(metric))) continue;
      const bool same = std::ranges::all_of(
          entry.ours, [&](const ResultRow* row) { return row->value == entry.ours[0]->value; });
      if (same) return true;
    }
  }
  return false;
}

constexpr const char* kNoSpread = "; no ± where all are the same";

// For tables with intervals whose cells do not print n.
std::string IntervalNote(const TableSpec& spec,
                         const TableGrid& grid,
                         const std::set<size_t>& several) {
  std::string note = fmt::format(
      "ours: mean over {} seeds ± half of its 95 % interval (Student's t); metrics with fixed ends "
      "(shares, counts, p-values, entropies, correlations): mean (smallest to largest) where they "
      "differ",
      fmt::join(several, " or "));
  if (AnyWithoutSpread(spec, grid)) note += kNoSpread;
  for (const auto& [metric, limit] : spec.limit)
    note += fmt::format("; {}: the worst seed (to the best), ≥ where none stopped before the limit",
                        LabelOf(spec, metric));
  const std::vector<std::string> single = SingleColumns(spec, grid);
  if (!single.empty()) note += fmt::format("; of one seed alone: {}", fmt::join(single, ", "));
  return note;
}

}  // namespace

std::string SpreadText(const TableSpec& spec,
                       const std::string& metric,
                       const GridEntry& entry,
                       const ValueStyle& style,
                       bool counts_differ) {
  if (!spec.deviation && !spec.interval) return "";
  std::vector<double> values;
  for (const ResultRow* row : entry.ours) values.push_back(row->value);
  const SampleSummary summary = Summarise(values);
  const bool worst = spec.limit.contains(metric);
  std::string text;
  if (spec.interval && (worst || IsBounded(MetricByName(metric)))) {
    text = RangeText(values, style, worst);
  } else {
    // Results that are all the same have no spread: where seeds change nothing, none was measured.
    const auto [least, most] = std::ranges::minmax(values);
    const std::optional<double> spread = spec.interval ? summary.half_width : summary.deviation;
    if (least < most && spread && std::isfinite(*spread) && style.format == MetricFormat::kNumber)
      text = fmt::format(" ±{:.{}f}", *spread * style.scale, style.precision);
  }
  if (spec.deviation && counts_differ) text += fmt::format(" (n={})", summary.n);
  return text;
}

std::string SpreadNote(const TableSpec& spec, const TableGrid& grid) {
  const std::set<size_t> counts = CountsOf(grid);
  if (counts.empty()) return "";
  if (!spec.deviation) {
    std::set<size_t> several = counts;
    several.erase(1);
    if (several.empty()) return "";
    return spec.interval ? IntervalNote(spec, grid, several)
                         : fmt::format("ours: mean over {} seeds", fmt::join(several, " or "));
  }
  const std::string over = fmt::format("{}s", fmt::join(spec.over, "s and "));
  if (*counts.rbegin() == 1) return fmt::format("ours: one result each (n = 1 over {})", over);
  return fmt::format(
      "ours: mean ± {} over {}, {}{}",
      spec.interval ? "half of its 95 % interval (Student's t)" : "sample standard deviation",
      over,
      counts.size() == 1 ? fmt::format("n = {}", *counts.begin()) : "n beside each",
      AnyWithoutSpread(spec, grid) ? kNoSpread : "");
}

}  // namespace chaosense
