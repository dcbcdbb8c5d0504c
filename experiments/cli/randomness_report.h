// What `chaosense randomness` prints: text for people, CSV and JSON for programs.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_REPORT_H_
#define CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_REPORT_H_

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/randomness/external.h"
#include "core/randomness/outcome.h"
#include "core/randomness/second_level.h"
#include "core/randomness/until_failure.h"

namespace chaosense {

enum class ReportFormat { kText, kCsv, kJson };

struct ReportOptions {
  ReportFormat format = ReportFormat::kText;
  bool all = false;  // text: every template of NonOverlappingTemplate on a line of its own
  double alpha = 0.01;
};

// A verdict and the text that shows it.
struct Report {
  bool failed = false;
  bool tested = true;  // false: no test was applicable, which is no pass
  std::string text;    // what goes to standard output
};

// `about`: {"source": ..., "bits": ..., "battery": ...}, shown first. One sequence fails if the
// smallest p-value times their number is below alpha (Bonferroni).
Report ReportOutcomes(const TestOutcomes& outcomes,
                      const Json& about,
                      const ReportOptions& options);

// Many sequences fail if the smallest of all proportion and uniformity p-values times their number
// is below 0.001.
Report ReportSecondLevel(const std::vector<SecondLevel>& levels,
                         const Json& about,
                         const ReportOptions& options);

Report ReportUntilFailure(const UntilFailure& result,
                          const Json& about,
                          const ReportOptions& options);
// Fails if dieharder says FAILED of any test.
Report ReportDieharder(const std::vector<ExternalOutcome>& outcomes,
                       const Json& about,
                       const ReportOptions& options);
Report ReportPractRand(const std::vector<PractRandLevel>& levels,
                       const Json& about,
                       const ReportOptions& options);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_RANDOMNESS_REPORT_H_
