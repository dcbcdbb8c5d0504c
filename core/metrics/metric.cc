#include "core/metrics/metric.h"

#include <map>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/metrics/metric_groups.h"

namespace chaosense {
namespace {

using Metrics = std::vector<MetricInfo>;

Metrics BuildMetrics() {
  Metrics all;
  AddQualityMetrics(all);
  AddSizeMetrics(all);
  AddEntropyMetrics(all);
  AddCorrelationMetrics(all);
  AddHistogramMetrics(all);
  AddDifferentialMetrics(all);
  AddRobustnessMetrics(all);
  AddTextureMetrics(all);
  AddChaosMetrics(all);
  AddTimeMetrics(all);
  AddMemoryMetrics(all);
  AddAuditMetrics(all);
  return all;
}

}  // namespace

const std::vector<MetricInfo>& AllMetrics() {
  static const Metrics all = BuildMetrics();
  return all;
}

std::vector<std::string> MetricNames() {
  std::vector<std::string> names;
  for (const MetricInfo& metric : AllMetrics()) names.push_back(metric.name);
  return names;
}

const MetricInfo* FindMetric(const std::string& name) {
  static const std::map<std::string, const MetricInfo*> by_name = [] {
    std::map<std::string, const MetricInfo*> index;
    for (const MetricInfo& metric : AllMetrics()) {
      CHAOSENSE_CHECK(
          index.emplace(metric.name, &metric).second, "metric \"{}\" twice", metric.name);
    }
    return index;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

const MetricInfo& MetricByName(const std::string& name, const std::string& where) {
  if (const MetricInfo* metric = FindMetric(name)) return *metric;
  const std::string nearest = DidYouMean(name, MetricNames());
  throw ConfigError("{}{}unknown metric \"{}\"{} `chaosense list metrics` names them all",
                    where,
                    where.empty() ? "" : ": ",
                    name,
                    nearest.empty() ? ";" : nearest);
}

bool IsBounded(const MetricInfo& metric) {
  return metric.bounded || metric.format == MetricFormat::kCount ||
         metric.format == MetricFormat::kPValue;
}

bool DependsOnMachine(const MetricInfo& metric) {
  return metric.unit == "s" || metric.unit == "MB" || metric.unit == "MB/s";
}

std::string DirectionName(Direction direction) {
  switch (direction) {
    case Direction::kHigher:
      return "higher";
    case Direction::kLower:
      return "lower";
    case Direction::kInterval:
      return "interval";
    case Direction::kNone:
      return "none";
  }
  CHAOSENSE_CHECK(false, "bad direction");
}

}  // namespace chaosense
