// What the batteries that stop by themselves say: bytes until failure, dieharder, PractRand.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/cli/randomness_report.h"
#include "experiments/cli/randomness_report_parts.h"
#include "experiments/cli/randomness_source.h"
#include "plotting/csv.h"

namespace chaosense {

Report ReportUntilFailure(const UntilFailure& result,
                          const Json& about,
                          const ReportOptions& options) {
  Report report;
  report.failed = result.failed_at.has_value();
  if (options.format == ReportFormat::kJson) {
    Json json = about;
    json["failed"] = report.failed;
    json["failed_at_bytes"] = report.failed ? Json(*result.failed_at) : Json();
    json["bytes_tested"] = result.bytes_tested;
    json["adjusted_p"] = NumberToJson(result.AdjustedP());
    json["source_ended"] = result.source_ended;
    json["false_alarm_bound"] = result.false_alarm_bound;
    json["failures"] = Json::array();
    for (const TestOutcome& one : result.failures)
      json["failures"].push_back(OutcomeJson(one, 0.01));
    json["levels"] = Json::array();
    for (const FailureLevel& level : result.levels) {
      json["levels"].push_back({{"bytes", level.bytes},
                                {"p_values", level.tests},
                                {"smallest", level.worst.p_value},
                                {"test", level.worst.Name()}});
    }
    report.text = json.dump(2) + "\n";
    return report;
  }
  if (options.format == ReportFormat::kCsv) {
    report.text = "bytes,p_values,smallest_p,test,failed\n";
    for (const FailureLevel& level : result.levels) {
      report.text += fmt::format("{},{},{},{},{}\n",
                                 level.bytes,
                                 level.tests,
                                 level.worst.p_value,
                                 level.worst.Name(),
                                 result.failed_at == level.bytes ? 1 : 0);
    }
    return report;
  }
  report.text = AboutText(about);
  for (const FailureLevel& level : result.levels) {
    report.text += fmt::format("{:>12}  {:>3} p-values, smallest {:<9.2e} {}\n",
                               SizeName(level.bytes),
                               level.tests,
                               level.worst.p_value,
                               level.worst.Name());
  }
  for (size_t i = 0; i < std::min<size_t>(result.failures.size(), 10); ++i) {
    report.text += fmt::format(
        "failed: {} (p = {:.2e})\n", result.failures[i].Name(), result.failures[i].p_value);
  }
  if (result.failures.size() > 10)
    report.text += fmt::format("failed: {} more\n", result.failures.size() - 10);
  report.text += report.failed ? fmt::format("bytes until failure: {}", *result.failed_at)
                               : fmt::format("bytes until failure: more than {}{}",
                                             result.bytes_tested,
                                             result.source_ended ? " (all there were)" : "");
  report.text += fmt::format(
      " (an ideal source fails with probability below {:.1e})\n"
      "smallest p-value at the last length times their number: {:.3g}\n",
      result.false_alarm_bound,
      result.AdjustedP());
  return report;
}

Report ReportDieharder(const std::vector<ExternalOutcome>& outcomes,
                       const Json& about,
                       const ReportOptions& options) {
  Report report;
  for (const ExternalOutcome& one : outcomes) report.failed |= one.assessment == "FAILED";
  Json json = about;
  json["failed"] = report.failed;
  std::string csv = "test,variant,p_value,assessment,reason\n";
  report.text = AboutText(about);
  for (const ExternalOutcome& one : outcomes) {
    Json entry = OutcomeJson(one.outcome, options.alpha);
    entry.erase("statistic");
    entry["assessment"] = one.assessment;
    json["tests"].push_back(entry);
    csv += fmt::format("{},{},{},{},{}\n",
                       one.outcome.test,
                       one.outcome.variant,
                       one.outcome.p_value,
                       one.assessment,
                       CsvField(one.outcome.not_applicable));
    report.text +=
        TableLine(one.outcome.test,
                  one.outcome.variant,
                  one.outcome.applicable()
                      ? fmt::format("{:>10}  {}", PText(one.outcome.p_value), one.assessment)
                      : fmt::format("{:>10}  not applicable: {}", "-", one.outcome.not_applicable));
  }
  report.text += fmt::format("verdict: {} (dieharder's own)\n", report.failed ? "FAIL" : "pass");
  if (options.format == ReportFormat::kJson) report.text = json.dump(2) + "\n";
  if (options.format == ReportFormat::kCsv) report.text = csv;
  return report;
}

Report ReportPractRand(const std::vector<PractRandLevel>& levels,
                       const Json& about,
                       const ReportOptions& options) {
  Report report;
  Json json = about;
  std::string csv = "bytes,test,p_value,assessment\n";
  report.text = AboutText(about);
  for (const PractRandLevel& level : levels) {
    report.failed |= level.failed;
    Json entry = {{"bytes", level.bytes}, {"failed", level.failed}, {"remarkable", Json::array()}};
    report.text += fmt::format(
        "{:>12}  {}\n", SizeName(level.bytes), level.remarkable.empty() ? "no anomalies" : "");
    for (const ExternalOutcome& one : level.remarkable) {
      entry["remarkable"].push_back({{"test", one.outcome.test},
                                     {"p_value", NumberToJson(one.outcome.p_value)},
                                     {"assessment", one.assessment}});
      csv += fmt::format("{},{},{},{}\n",
                         level.bytes,
                         CsvField(one.outcome.test),
                         one.outcome.p_value,
                         one.assessment);
      report.text += fmt::format(
          "{:>12}  {} p = {:.2e} {}\n", "", one.outcome.test, one.outcome.p_value, one.assessment);
    }
    json["levels"].push_back(entry);
  }
  const uint64_t last = levels.empty() ? 0 : levels.back().bytes;
  json["failed"] = report.failed;
  json["failed_at_bytes"] = report.failed ? Json(last) : Json();
  report.text += fmt::format(
      "bytes until failure: {}{} (PractRand)\n", report.failed ? "" : "more than ", last);
  if (options.format == ReportFormat::kJson) report.text = json.dump(2) + "\n";
  if (options.format == ReportFormat::kCsv) report.text = csv;
  return report;
}

}  // namespace chaosense
