// What a table shows, as a config's "tables" entry says it.
#ifndef CHAOSENSE_PLOTTING_TABLE_SPEC_H_
#define CHAOSENSE_PLOTTING_TABLE_SPEC_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/metrics/metric.h"

namespace chaosense {

enum class PublishedOnly { kAll, kMatching, kNone };

// A bound as a number, or as a metric of the same row.
struct VerdictBound {
  std::string metric;
  std::optional<double> number;
};

// A value judged in two ways (plotting/verdicts.h).
struct VerdictSpec {
  std::string value;    // metric
  std::string own;      // verdict metric by the critical values of the ciphertext's own size
  std::string printed;  // verdict metric by the critical values that a paper printed
  VerdictBound own_low, own_high, printed_low, printed_high;  // for published values
  std::string why;
};

struct TableSpec {
  std::string where;           // place in the config, for error messages
  std::string kind = "table";  // what errors call it, and how they say that axes are kept apart
  std::string keep_apart = "add it to rows or columns, or filter it";
  std::string id;
  std::string title;
  std::vector<std::string> metrics;
  std::vector<std::string> rows;                           // axes ("rate", "method", ..., "metric")
  std::vector<std::string> columns;                        // axes
  std::map<std::string, std::vector<std::string>> filter;  // axis -> values that stay; "x *": all
                                                           // that begin with "x "; "!x": all but x
  std::map<std::string, std::vector<std::string>>
      order;                                  // axis -> values that come first, in this order
  std::map<std::string, std::string> labels;  // axis value, metric or axis name -> what is printed
  std::map<std::string, int> precision;       // metric -> digits; "" for all
  std::map<std::string, double> scale;
  std::map<std::string, std::string> unit;
  std::map<std::string, MetricFormat> format;
  bool published =
      true;  // ours, published and difference side by side where there are published values
  std::string published_label = "published";
  PublishedOnly published_only = PublishedOnly::kMatching;
  std::optional<std::vector<std::string>>
      best;  // row axes: best of ours in each column within equal values of these
  std::vector<VerdictSpec> verdicts;
  // Axes over which results are averaged. Where a config gives "over", cells print the sample
  // standard deviation and n as well: "30.12 +-0.04".
  std::vector<std::string> over = {"seed"};
  bool deviation = false;
  bool interval = false;  // the 95 % interval of the mean in the deviation's place, the smallest
                          // and largest value of metrics that are IsBounded (core/metrics/metric.h)
  // metric -> the value at which measuring stopped: cells hold the worst of their results, since a
  // mean of such values is none, and print "≥ limit" there.
  std::map<std::string, double> limit;
  // metric -> agreement with published values to be expected, absolute, unscaled; "" for all
  std::map<std::string, double> tolerance;
  // Metrics: rows in the order of the first, best first; those equal in it by the second, and so
  // on.
  std::vector<std::string> rank_by;
  std::vector<std::string> footnotes;
  bool definitions = true;  // one sentence for each metric below the table
};

// The JSON Schema of a table entry (keywords of core/harness/schema_check.h only). Keys, all
// optional but id, rows and metric or metrics:
//   id, title, metric | metrics, rows, columns, filter, order, labels, precision, scale, unit,
//   format, published, published_label, published_only, best, verdicts, over, interval, limit,
//   tolerance, rank_by, footnotes, definitions
// precision, scale, unit, format and tolerance hold one value for all metrics or an object by
// metric, limit an object by metric.
Json TableSpecSchema();

// Throws Error(kConfig) whose message begins with `where` and the key's pointer, e.g.
// "configs/a.json: /tables/0".
TableSpec ParseTableSpec(const Json& json, const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_SPEC_H_
