#include "plotting/comparison.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/metrics/metric.h"

namespace chaosense {
namespace {

using Key = std::vector<std::string>;

constexpr const char* kSweep = "sweep";

std::map<Key, const ResultRow*> MeasuredByKey(const ComparisonSide& side) {
  std::map<Key, const ResultRow*> by_key;
  for (const ResultRow& row : side.rows) {
    if (!row.measured()) continue;
    if (!by_key.emplace(MatchKey(row), &row).second) {
      throw ConfigError(
          "{}: two values in one place: {}", side.name, fmt::join(MatchKey(row), " / "));
    }
  }
  return by_key;
}

double DifferenceOf(double a, double b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0;  // inf - inf is nan
  return b - a;
}

bool Agrees(double a, double b, double difference, const ComparisonOptions& options) {
  if (difference == 0) return true;
  if (!std::isfinite(difference)) return false;
  const double scale = std::max(std::abs(a), std::abs(b));
  return std::abs(difference) <= options.absolute + options.relative * scale;
}

// Means over everything but the unit.
struct UnitMean {
  double difference = 0, a = 0, b = 0;
  int64_t count = 0;
  void Add(const MatchedValue& value) {
    difference += value.agrees ? 0 : value.difference;
    a += value.a->value;
    b += value.b->value;
    ++count;
  }
};

using Values = std::vector<const MatchedValue*>;

std::map<std::string, UnitMean> ByUnit(const Values& values, const std::string& unit) {
  std::map<std::string, UnitMean> means;
  for (const MatchedValue* value : values) {
    const ResultRow& row = *value->a;
    const std::string name =
        unit == "image" ? row.dataset + '\n' + row.image : MatchText(row, unit);
    means[name].Add(*value);
  }
  return means;
}

// Sizes that only rounding tells apart become equal, and those below it 0: tests of ranks see ties.
void TieButForRounding(std::vector<double>& differences, double rounding) {
  std::vector<double*> by_size;
  for (double& difference : differences) by_size.push_back(&difference);
  std::ranges::sort(by_size, {}, [](const double* one) { return std::abs(*one); });
  double last = 0;
  for (double* one : by_size) {
    if (std::abs(*one) - last <= rounding) *one = std::copysign(last, *one);
    last = std::abs(*one);
  }
}

// But for rounding.
bool AllEqual(const std::vector<double>& values, double rounding) {
  const auto [least, most] = std::ranges::minmax_element(values);
  return *most - *least <= rounding;
}

GroupComparison CompareGroup(const std::string& metric, const Key& per, const Values& all) {
  GroupComparison group;
  group.metric = metric;
  group.per = per;
  group.matched = static_cast<int64_t>(all.size());
  const bool images = std::any_of(
      all.begin(), all.end(), [](const auto* value) { return value->a->image != "*mean"; });
  Values used;
  for (const MatchedValue* value : all) {
    if (!value->agrees) ++group.differ;
    if (!std::isfinite(value->a->value) || !std::isfinite(value->b->value)) {
      ++group.left_out;
    } else if (!images || value->a->image != "*mean") {  // a mean is no image
      used.push_back(value);
    }
  }
  group.unit = "image";
  std::map<std::string, UnitMean> units = ByUnit(used, "image");
  if (const auto seeds = ByUnit(used, "seed"); units.size() == 1 && seeds.size() > 1) {
    group.unit = "seed";
    units = seeds;
  }
  std::vector<double> differences, of_a;
  double scale = 0;
  for (const auto& [name, mean] : units) {
    const auto count = static_cast<double>(mean.count);
    differences.push_back(mean.difference / count);
    of_a.push_back(mean.a / count);
    group.mean_a += mean.a / count / static_cast<double>(units.size());
    group.mean_b += mean.b / count / static_cast<double>(units.size());
    scale = std::max({scale, std::abs(mean.a / count), std::abs(mean.b / count)});
  }
  const double rounding = 1e-12 * scale;
  TieButForRounding(differences, rounding);
  // Equal differences of 0 are those of runs that agree, whose values may well differ by seed.
  if (group.unit == "seed" && AllEqual(differences, rounding) &&
      (differences[0] != 0 || AllEqual(of_a, rounding))) {
    group.same_for_seeds = true;
    differences.resize(1);
  }
  if (units.empty()) group.mean_a = group.mean_b = std::nan("");
  group.test = TestPairs(differences);
  return group;
}

void AdjustByHolm(std::vector<GroupComparison>& groups) {
  std::vector<double> p_values;
  for (const GroupComparison& group : groups) {
    if (group.test.wilcoxon_p) p_values.push_back(*group.test.wilcoxon_p);
  }
  const std::vector<double> adjusted = HolmAdjusted(p_values);
  size_t next = 0;
  for (GroupComparison& group : groups) {
    if (group.test.wilcoxon_p) group.holm_p = adjusted[next++];
  }
}

}  // namespace

const std::vector<std::string>& MatchAxes() {
  static const std::vector<std::string> axes = [] {
    std::vector<std::string> all = AxisNames();
    std::erase(all, "experiment");
    all.insert(all.end() - 1, kSweep);
    return all;
  }();
  return axes;
}

std::string MatchText(const ResultRow& row, const std::string& axis) {
  if (axis != kSweep) return AxisText(row, axis);
  std::string text;
  for (const auto& [key, value] : row.sweep)
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", key, value);
  return text;
}

std::vector<std::string> MatchKey(const ResultRow& row) {
  Key key;
  for (const std::string& axis : MatchAxes()) key.push_back(MatchText(row, axis));
  return key;
}

int64_t Comparison::Differing() const {
  return std::count_if(values.begin(), values.end(), [](const MatchedValue& value) {
    const MetricInfo* metric = FindMetric(value.a->metric);
    return !value.agrees && !(metric != nullptr && DependsOnMachine(*metric));
  });
}

Comparison CompareSides(const ComparisonSide& a,
                        const ComparisonSide& b,
                        const ComparisonOptions& options) {
  Comparison comparison{a.name, b.name, options, {}, {}, {}, {}};
  const std::map<Key, const ResultRow*> in_a = MeasuredByKey(a), in_b = MeasuredByKey(b);
  for (const ResultRow& row : a.rows) {
    if (!row.measured()) continue;
    const auto other = in_b.find(MatchKey(row));
    if (other == in_b.end()) {
      comparison.only_a.push_back(&row);
      continue;
    }
    const double difference = DifferenceOf(row.value, other->second->value);
    comparison.values.push_back({&row,
                                 other->second,
                                 difference,
                                 Agrees(row.value, other->second->value, difference, options)});
  }
  for (const ResultRow& row : b.rows) {
    if (row.measured() && !in_a.contains(MatchKey(row))) comparison.only_b.push_back(&row);
  }
  std::map<std::string, std::map<Key, Values>> groups;
  for (const MatchedValue& value : comparison.values) {
    Key per;
    for (const std::string& axis : options.per) per.push_back(MatchText(*value.a, axis));
    groups[value.a->metric][per].push_back(&value);
  }
  std::vector<std::string> metrics = MetricNames();  // the registry's order; unknown ones last
  for (const auto& [metric, ignored] : groups) {
    if (FindMetric(metric) == nullptr) metrics.push_back(metric);
  }
  for (const std::string& metric : metrics) {
    const auto found = groups.find(metric);
    if (found == groups.end()) continue;
    for (const auto& [per, values] : found->second)
      comparison.groups.push_back(CompareGroup(metric, per, values));
  }
  AdjustByHolm(comparison.groups);
  return comparison;
}

}  // namespace chaosense
