#include "plotting/table_spread.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

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

std::string SpreadText(const TableSpec& spec,
                       const GridEntry& entry,
                       const ValueStyle& style,
                       bool counts_differ) {
  if (!spec.deviation && !spec.interval) return "";
  std::vector<double> values;
  for (const ResultRow* row : entry.ours) values.push_back(row->value);
  const SampleSummary summary = Summarise(values);
  const std::optional<double> spread = spec.interval ? summary.half_width : summary.deviation;
  std::string text;
  if (spread && std::isfinite(*spread) && style.format == MetricFormat::kNumber)
    text = fmt::format(" ±{:.{}f}", *spread * style.scale, style.precision);
  if (spec.deviation && counts_differ) text += fmt::format(" (n={})", summary.n);
  return text;
}

std::string SpreadNote(const TableSpec& spec, const std::set<size_t>& counts) {
  if (counts.empty()) return "";
  if (!spec.deviation) {
    std::set<size_t> several = counts;
    several.erase(1);
    return several.empty() ? ""
                           : fmt::format("ours: mean over {} seeds", fmt::join(several, " or "));
  }
  const std::string over = fmt::format("{}s", fmt::join(spec.over, "s and "));
  if (*counts.rbegin() == 1) return fmt::format("ours: one result each (n = 1 over {})", over);
  return fmt::format(
      "ours: mean ± {} over {}, {}",
      spec.interval ? "half of its 95 % interval (Student's t)" : "sample standard deviation",
      over,
      counts.size() == 1 ? fmt::format("n = {}", *counts.begin()) : "n beside each");
}

}  // namespace chaosense
