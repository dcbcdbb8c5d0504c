// cells.csv: results in long form, one value a line. Everything printed is made from these rows.
#ifndef CHAOSENSE_PLOTTING_ROWS_H_
#define CHAOSENSE_PLOTTING_ROWS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chaosense {

// Kinds of rows, by status:
//   "ok"             a measured value (inf and nan allowed);
//   "failed: <why>"  a cell that gave nothing: image and metric empty, value NaN;
//   "not run"        a cell that nobody has computed yet, likewise;
//   "published"      a value of the literature that nothing of ours stands beside: value NaN,
//   `published` set, axes
//                    that its source does not give are empty.
struct ResultRow {
  std::string experiment;
  std::string dataset;
  std::string image;  // "*mean" for an aggregate over the dataset
  double rate = 0;    // 0: does not apply
  std::string method;
  std::string cipher;
  std::string map;
  std::string variant;
  uint64_t seed = 0;
  std::map<std::string, std::string> sweep;  // settings that a sweep varied: key -> value
  std::string metric;
  double value = 0;
  std::string unit;
  std::optional<double> published;
  std::string source;  // of `published`
  std::string status = "ok";

  bool measured() const { return status == "ok"; }
  bool published_only() const { return status == "published"; }
  bool failed() const { return status.starts_with("failed"); }
  bool missing() const { return failed() || status == "not run"; }  // the cell gave nothing
};

// The columns by which a table can be laid out, in the order of cells.csv: experiment ... seed,
// metric. Besides these, "sweep.KEY" for every swept setting.
const std::vector<std::string>& AxisNames();
bool IsAxis(std::string_view name);  // of AxisNames(), or "sweep.KEY"

// "sweep.KEY" for every key that a row has, sorted.
std::vector<std::string> SweepAxes(const std::vector<ResultRow>& rows);

// An axis of a row as text; rate 0 and a setting that the row has not are "". CHAOSENSE_CHECKs the
// name.
std::string AxisText(const ResultRow& row, std::string_view axis);

// The axes in which two rows differ, those of a sweep last.
std::vector<std::string> DifferingAxes(const ResultRow& a, const ResultRow& b);

// Shortest text that reads back as the same double; "inf", "-inf", "nan".
std::string NumberText(double value);
// The whole of `text` as a number; nullopt otherwise.
std::optional<double> ParseNumber(std::string_view text);

// With a header line; settings of a sweep are columns sweep.KEY behind the seed. Every number reads
// back as the same double. Rate 0, values of rows that are not measured and missing published
// values are empty fields.
std::string WriteCells(const std::vector<ResultRow>& rows);

// Throws Error(kConfig) naming `name`, line and column on anything that WriteCells does not write.
std::vector<ResultRow> ReadCells(std::string_view text, const std::string& name);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_ROWS_H_
