#include "plotting/missing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace chaosense {
namespace {

// Axes that do not tell cells apart. The experiment: results kept from another run stand for a cell
// as well.
bool OfOneCell(const std::string& axis) {
  return axis == "experiment" || axis == "image" || axis == "metric";
}

std::vector<std::string> CellOf(const ResultRow& row) {
  std::vector<std::string> place;
  for (const std::string& axis : AxisNames()) {
    if (!OfOneCell(axis)) place.push_back(AxisText(row, axis));
  }
  for (const auto& [key, value] : row.sweep) place.insert(place.end(), {key, value});
  return place;
}

// Whether the mean that `measured` is part of would have this cell's results too.
bool BelongsTo(const TableSpec& spec, const ResultRow& missing, const ResultRow& measured) {
  const std::vector<std::string> differing = DifferingAxes(missing, measured);
  return std::all_of(differing.begin(), differing.end(), [&](const std::string& axis) {
    return OfOneCell(axis) ||
           std::find(spec.over.begin(), spec.over.end(), axis) != spec.over.end();
  });
}

}  // namespace

std::string ReasonOf(const std::vector<const ResultRow*>& missing) {
  if (missing.empty()) return "";
  const auto failed = std::find_if(
      missing.begin(), missing.end(), [](const ResultRow* row) { return row->failed(); });
  return failed != missing.end() ? (*failed)->status : "not run";
}

Lacks::Lacks(const TableSpec& spec, const std::vector<ResultRow>& all) : spec_(spec) {
  if (std::none_of(all.begin(), all.end(), [](const ResultRow& row) { return row.missing(); }))
    return;
  for (const ResultRow& row : all) {
    if (!row.measured()) continue;
    auto& here = measured_[PlaceOf(row, false)];
    for (const std::string& metric : {row.metric, std::string()})
      here[metric].insert(PlaceOf(row, true));
  }
}

Lacks::Place Lacks::PlaceOf(const ResultRow& row, bool averaged) const {
  Place place;
  const auto add = [&](const std::string& axis) {
    const bool over = std::find(spec_.over.begin(), spec_.over.end(), axis) != spec_.over.end();
    if (over == averaged && axis != "image" && axis != "metric")
      place.push_back(AxisText(row, axis));
  };
  for (const std::string& axis : AxisNames()) add(axis);
  for (const auto& [key, value] : row.sweep) add("sweep." + key);
  return place;
}

// Some metrics are measured for one seed alone: other seeds that came through lack them too, and
// those that failed would have.
bool Lacks::ForEveryCell(const std::string& metric, const ResultRow& row) const {
  const auto here = measured_.find(PlaceOf(row, false));
  return here->second.at(metric).size() > 1 || here->second.at("").size() == 1;
}

std::string Lacks::Of(const std::string& metric, const GridEntry& entry) const {
  if (!entry.measured() || entry.missing.empty() || !ForEveryCell(metric, *entry.ours[0]))
    return "";
  std::set<std::vector<std::string>> cells;
  for (const ResultRow* row : entry.ours) cells.insert(CellOf(*row));
  std::vector<const ResultRow*> missing;
  std::set<std::string> reasons;
  size_t failed = 0;
  for (const ResultRow* row : entry.missing) {
    if (!BelongsTo(spec_, *row, *entry.ours[0])) continue;
    if (!cells.insert(CellOf(*row)).second) continue;
    missing.push_back(row);
    if (!row->failed()) continue;
    ++failed;
    reasons.insert(row->status);
  }
  if (missing.empty()) return "";
  const size_t not_run = missing.size() - failed;
  if (failed == 0) return fmt::format("{} of {} cells not run", not_run, cells.size());
  std::string text = fmt::format("{} of {} cells failed", failed, cells.size());
  if (not_run > 0) text += fmt::format(", {} not run", not_run);
  if (reasons.size() > 1) text += ", the first";
  return text + ReasonOf(missing).substr(std::string_view("failed").size());  // ": why"
}

}  // namespace chaosense
