// Our values against the published ones that stand beside them: which agree.
#ifndef CHAOSENSE_PLOTTING_VERIFY_H_
#define CHAOSENSE_PLOTTING_VERIFY_H_

#include <map>
#include <string>
#include <vector>

#include "plotting/published.h"
#include "plotting/rows.h"
#include "plotting/table.h"
#include "plotting/table_spec.h"

namespace chaosense {

enum class Agreement {
  kWithin,   // |ours - published| <= tolerance
  kBetter,   // outside, in the metric's better direction
  kWorse,    // outside, in the other
  kOutside,  // outside, where the metric has no better direction or the published value is a
             // constant
};

std::string AgreementName(Agreement agreement);  // "within", "better", "worse", "outside"

struct ValueVerdict {
  const ResultRow* row = nullptr;
  double published = 0;
  double tolerance = 0;  // absolute, in the metric's unit
  std::string origin;  // of the tolerance: "command line", "table", "published values", "rounding"
  Agreement agreement = Agreement::kWithin;
};

struct VerifyOptions {
  std::map<std::string, double> tolerance;  // metric -> absolute; "" for all: over every other
};

// A verdict for each measured row that a published value matches, in the rows' order; points into
// `rows`. The tolerance is the first of: the options', that of a table that shows the value, the
// published value's own, and two units of the last digit that tables print of the metric, which is
// no more than rounding. A value that is nan is outside; equal infinities agree.
std::vector<ValueVerdict> VerifyValues(const std::vector<ResultRow>& rows,
                                       const std::vector<PublishedValue>& published,
                                       const std::map<std::string, std::string>& aliases,
                                       const std::vector<TableSpec>& tables,
                                       const VerifyOptions& options);

// One line a verdict: the axes that vary, ours, published, difference, tolerance, verdict.
TableModel VerdictTable(const std::vector<ValueVerdict>& verdicts);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_VERIFY_H_
