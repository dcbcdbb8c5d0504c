// Every number a result row can hold: its name, unit, which way is better, how many digits tables
// print, and a definition of one sentence. Tables (best in bold), cells.csv (unit) and `chaosense
// list/describe metrics` read it.
#ifndef CHAOSENSE_CORE_METRICS_METRIC_H_
#define CHAOSENSE_CORE_METRICS_METRIC_H_

#include <string>
#include <vector>

namespace chaosense {

enum class Direction {
  kHigher,    // more is better
  kLower,     // less is better
  kInterval,  // judged against an interval or a critical value; "closer to the ideal" means nothing
  kNone       // describes, does not judge
};

enum class MetricFormat {
  kNumber,   // fixed point, `precision` digits
  kCount,    // an integer
  kPValue,   // as kNumber, but "<0.001" rather than "0.000"
  kVerdict,  // 1 "pass", 0 "fail"
  kAttack    // of a check of the audit: n >= 0 "broken (n)", n the oracle queries it took; inf
             // "passed"; -1 "weak"; -2 - n "expected (n)"; -inf "info"; nan "n/a"
};

// Lyapunov exponents that have a metric, lyapunov_1 ... lyapunov_16; maps of more dimensions keep
// the others to themselves.
inline constexpr size_t kLyapunovMetrics = 16;

struct MetricInfo {
  std::string name;
  std::string unit;  // "dB", "bit", "s", ... or "" for a pure number
  Direction direction = Direction::kNone;
  int precision = 4;  // digits after the point
  MetricFormat format = MetricFormat::kNumber;
  std::string definition;
  std::string source;
  // Whether values lie between two fixed ends, as shares do: an interval by Student's t would reach
  // beyond them. Of a few values, often all at one end, the smallest and largest say more than mean
  // and deviation.
  bool bounded = false;
};

// In the order people should read them: quality, size, entropy, correlation, histogram,
// differential, robustness, texture, time, memory.
const std::vector<MetricInfo>& AllMetrics();

std::vector<std::string> MetricNames();

// nullptr if there is none.
const MetricInfo* FindMetric(const std::string& name);

// Throws Error(kConfig): `where: unknown metric "x"; did you mean "y"?`.
const MetricInfo& MetricByName(const std::string& name, const std::string& where = "");

// `bounded`, or a count or p-value, which are so always.
bool IsBounded(const MetricInfo& metric);

// Whether the value depends on the machine and its other work: times, speeds and memory.
bool DependsOnMachine(const MetricInfo& metric);

std::string DirectionName(Direction direction);  // "higher", "lower", "interval", "none"

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_METRICS_METRIC_H_
