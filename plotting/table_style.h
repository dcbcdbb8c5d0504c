// How a table prints the values and names of its axes and metrics.
#ifndef CHAOSENSE_PLOTTING_TABLE_STYLE_H_
#define CHAOSENSE_PLOTTING_TABLE_STYLE_H_

#include <string>
#include <vector>

#include "plotting/rows.h"
#include "plotting/table_spec.h"

namespace chaosense {

// How a metric is printed in one table: the spec's wishes over the metric's own.
struct ValueStyle {
  double scale;
  int precision;  // digits after the point
  MetricFormat format;
  std::string unit;  // after scaling
  Direction direction;
};

// Throws Error(kConfig) if there is no such metric.
ValueStyle StyleOf(const TableSpec& spec, const std::string& metric);

// A number as tables print it; used for every cell.
std::string FormatValue(double value, MetricFormat format, int precision);
// With its sign, but neither "+0.00" nor "-0.00".
std::string FormatDifference(double difference, int precision);

// The spec's label of an axis or of an axis value, or the text itself.
std::string LabelOf(const TableSpec& spec, const std::string& text);
// A value of an axis as a heading: metrics with their unit, rates with equally many digits (0.25,
// 0.10) among `results`.
std::string HeadingOf(const TableSpec& spec,
                      const std::vector<const ResultRow*>& results,
                      const std::string& axis,
                      const std::string& value);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_TABLE_STYLE_H_
