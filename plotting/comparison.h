// Two sets of results, value by value: what agrees, what differs, and whether the differences are
// more than chance.
#ifndef CHAOSENSE_PLOTTING_COMPARISON_H_
#define CHAOSENSE_PLOTTING_COMPARISON_H_

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/metrics/paired.h"
#include "plotting/rows.h"
#include "plotting/table.h"

namespace chaosense {

struct ComparisonSide {
  std::string name;
  std::vector<ResultRow> rows;
};

struct ComparisonOptions {
  // Values agree if |b - a| <= absolute + relative * max(|a|, |b|), or both are nan, or the same
  // infinity.
  double absolute = 0;
  double relative = 0;
  std::vector<std::string> per =
      {};  // axes: statistics for each of their values, not over all of them
};

struct MatchedValue {
  const ResultRow* a = nullptr;
  const ResultRow* b = nullptr;
  double difference = 0;  // b - a; 0 where both are nan or the same infinity
  bool agrees = true;
};

// The paired statistics of one metric. A pair is an image (of a data set), its differences averaged
// over everything else, as results of one image are not independent; where there is one image only,
// a pair is a seed. Where every seed gives the same values, or the same difference that is not 0,
// seeds are no repetitions, and all of them are one pair. Values that are not finite are left out.
struct GroupComparison {
  std::string metric;
  std::vector<std::string> per;  // values of ComparisonOptions::per
  int64_t matched = 0;
  int64_t differ = 0;
  int64_t left_out = 0;
  std::string unit;             // "image", "seed"
  bool same_for_seeds = false;  // one pair stands for all seeds
  double mean_a = 0;
  double mean_b = 0;
  PairedTest test;
  std::optional<double> holm_p;  // wilcoxon_p, adjusted for all groups that have one
};

struct Comparison {
  std::string name_a, name_b;
  ComparisonOptions options;
  std::vector<MatchedValue> values;  // in the order of a
  std::vector<const ResultRow*> only_a, only_b;
  std::vector<GroupComparison> groups;  // in the registry's order of metrics

  // Values that differ and are not times or memory, which depend on the machine.
  int64_t Differing() const;
  bool Same() const { return Differing() == 0 && only_a.empty() && only_b.empty(); }
};

// The axes by which values are matched: all but the experiment, whose name is the run's; the
// settings of a sweep are one axis, "sweep".
const std::vector<std::string>& MatchAxes();
std::string MatchText(const ResultRow& row, const std::string& axis);
std::vector<std::string> MatchKey(const ResultRow& row);

// Matches the measured rows; points into both sides, which must outlive the result. Throws
// Error(kConfig) if a side has two values in one place.
Comparison CompareSides(const ComparisonSide& a,
                        const ComparisonSide& b,
                        const ComparisonOptions& options);

// One row a group: n, means, mean difference with its 95 % interval, both p-values, and a verdict
// that claims significance only where IsSignificant allows it for the adjusted p.
TableModel SummaryTable(const Comparison& comparison);
// The values that differ, largest relative differences first, at most `limit` (0: all).
TableModel DifferenceTable(const Comparison& comparison, size_t limit);
// What only one side has, by metric and side.
TableModel OneSidedTable(const Comparison& comparison);

// Every value of either side: axes, a, b, difference, status ("same", "differs", "only a",
// "only b").
std::string ComparisonCsv(const Comparison& comparison);
Json ComparisonJson(const Comparison& comparison);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_COMPARISON_H_
