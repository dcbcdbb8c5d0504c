#include "experiments/cli/randomness_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/cli/randomness_report_parts.h"
#include "plotting/csv.h"

namespace chaosense {
namespace {

constexpr char kTemplates[] = "NonOverlappingTemplate";

struct Summary {
  int p_values = 0;
  std::set<std::string> tests;       // all
  std::set<std::string> applicable;  // those with a p-value
  int below = 0;                     // alpha
  const TestOutcome* smallest = nullptr;
  bool failed = false;
};

Summary Summarise(const TestOutcomes& outcomes, double alpha) {
  Summary summary;
  for (const TestOutcome& one : outcomes) {
    summary.tests.insert(one.test);
    if (!one.applicable()) continue;
    summary.applicable.insert(one.test);
    ++summary.p_values;
    summary.below += one.Fails(alpha);
    if (summary.smallest == nullptr || one.p_value < summary.smallest->p_value)
      summary.smallest = &one;
  }
  summary.failed =
      summary.smallest != nullptr && summary.smallest->p_value * summary.p_values < alpha;
  return summary;
}

std::string OutcomeLine(const TestOutcome& one, double alpha) {
  if (!one.applicable()) {
    return TableLine(
        one.test, one.variant, fmt::format("{:>10}  not applicable: {}", "-", one.not_applicable));
  }
  return TableLine(one.test,
                   one.variant,
                   fmt::format("{:>10}  {}", PText(one.p_value), VerdictText(one, alpha)));
}

// The templates beyond the first, in one line.
std::string TemplateLine(const TestOutcomes& templates, double alpha) {
  const Summary summary = Summarise(templates, alpha);
  if (summary.smallest == nullptr) return "";
  return TableLine("",
                   fmt::format("+ {} more", templates.size()),
                   fmt::format("{:>10}  smallest ({}); {} below {:g}, {:.1f} expected",
                               PText(summary.smallest->p_value),
                               summary.smallest->variant,
                               summary.below,
                               alpha,
                               alpha * summary.p_values));
}

}  // namespace

Report ReportOutcomes(const TestOutcomes& outcomes,
                      const Json& about,
                      const ReportOptions& options) {
  const double alpha = options.alpha;
  const Summary summary = Summarise(outcomes, alpha);
  Report report;
  report.failed = summary.failed;
  report.tested = summary.smallest != nullptr;
  if (options.format == ReportFormat::kCsv) {
    report.text = "test,variant,statistic,p_value,verdict,reason\n";
    for (const TestOutcome& one : outcomes) {
      report.text += fmt::format("{},{},{},{},{},{}\n",
                                 one.test,
                                 one.variant,
                                 one.statistic,
                                 one.p_value,
                                 VerdictText(one, alpha),
                                 CsvField(one.not_applicable));
    }
    return report;
  }
  if (options.format == ReportFormat::kJson) {
    Json json = about;
    json["alpha"] = alpha;
    json["failed"] = report.failed;
    json["tested"] = report.tested;
    json["tests_applicable"] = summary.applicable.size();
    json["p_values"] = summary.p_values;
    json["below_alpha"] = summary.below;
    json["tests"] = Json::array();
    for (const TestOutcome& one : outcomes) json["tests"].push_back(OutcomeJson(one, alpha));
    report.text = json.dump(2) + "\n";
    return report;
  }
  report.text = AboutText(about) + TableLine("test", "", fmt::format("{:>10}", "p-value"));
  TestOutcomes more;  // templates, gathered
  for (const TestOutcome& one : outcomes) {
    if (!options.all && one.test == kTemplates &&
        one.variant != std::string(one.variant.size() - 1, '0') + "1") {
      more.push_back(one);
      continue;
    }
    if (!more.empty()) report.text += TemplateLine(more, alpha);
    more.clear();
    report.text += OutcomeLine(one, alpha);
  }
  if (!more.empty()) report.text += TemplateLine(more, alpha);
  if (summary.smallest == nullptr) {
    report.text += "verdict: none, no test was applicable\n";
    return report;
  }
  report.text += fmt::format(
      "{} p-values, {} below {:g} ({:.1f} expected); smallest {} ({})\n"
      "verdict: {}, {} of {} tests applicable (smallest p times their number {:.3g}, against "
      "{:g})\n",
      summary.p_values,
      summary.below,
      alpha,
      alpha * summary.p_values,
      PText(summary.smallest->p_value),
      summary.smallest->Name(),
      report.failed ? "FAIL" : "pass",
      summary.applicable.size(),
      summary.tests.size(),
      std::min(1.0, summary.smallest->p_value * summary.p_values),
      alpha);
  return report;
}

Report ReportSecondLevel(const std::vector<SecondLevel>& levels,
                         const Json& about,
                         const ReportOptions& options) {
  int judged = 0;
  int outside = 0;
  int not_uniform = 0;
  double smallest = 1;
  std::string smallest_name = "none";
  int numbers = 0;
  int64_t passed = 0;
  int64_t all = 0;
  for (const SecondLevel& level : levels) {
    if (level.sequences == 0) continue;
    ++judged;
    outside += !level.ProportionOk();
    not_uniform += !level.UniformityOk();
    numbers += level.UniformityKnown() ? 2 : 1;
    passed += level.passed;
    all += level.sequences;
    if (level.Worst() < smallest) {
      smallest = level.Worst();
      smallest_name = level.test + (level.variant.empty() ? "" : " " + level.variant);
    }
  }
  constexpr double kLevel = 0.001;
  Report report;
  report.failed = smallest * numbers < kLevel;
  report.tested = judged > 0;
  const double share = all == 0 ? NAN : 1 - static_cast<double>(passed) / static_cast<double>(all);
  if (options.format == ReportFormat::kJson) {
    Json json = about;
    json["alpha"] = options.alpha;
    json["failed"] = report.failed;
    json["tested"] = report.tested;
    json["share_below_alpha"] = NumberToJson(share);
    json["proportions_outside"] = outside;
    json["not_uniform"] = not_uniform;
    json["tests"] = Json::array();
    for (const SecondLevel& level : levels) {
      Json one = {{"test", level.test}, {"variant", level.variant}, {"sequences", level.sequences}};
      if (level.sequences > 0) {
        one["passed"] = level.passed;
        one["proportion_bounds"] = {level.lowest, level.highest};
        one["proportion_p"] = level.proportion_p;
        one["uniformity"] = NumberToJson(level.uniformity);
        one["bins"] = level.bins;
      }
      json["tests"].push_back(one);
    }
    report.text = json.dump(2) + "\n";
    return report;
  }
  if (options.format == ReportFormat::kCsv) {
    report.text =
        "test,variant,sequences,passed,lowest,highest,proportion_p,uniformity,c1,c2,c3,c4,c5,c6,c7,"
        "c8,"
        "c9,c10\n";
    for (const SecondLevel& level : levels) {
      report.text += fmt::format("{},{},{},{},{},{},{},{},{}\n",
                                 level.test,
                                 level.variant,
                                 level.sequences,
                                 level.passed,
                                 level.lowest,
                                 level.highest,
                                 level.proportion_p,
                                 level.uniformity,
                                 fmt::join(level.bins, ","));
    }
    return report;
  }
  report.text =
      AboutText(about) + TableLine("test", "", "    passed   needed        uniformity P_T");
  int hidden = 0;
  for (const SecondLevel& level : levels) {
    const bool ok = level.ProportionOk() && level.UniformityOk();
    const bool first = level.test != kTemplates ||
                       level.variant == std::string(level.variant.size() - 1, '0') + "1";
    if (!options.all && !first && ok && level.sequences > 0) {
      ++hidden;
      continue;
    }
    if (level.sequences == 0) {
      report.text += TableLine(level.test, level.variant, "applicable to no sequence");
      continue;
    }
    const double s = static_cast<double>(level.sequences);
    report.text += TableLine(level.test,
                             level.variant,
                             fmt::format("{:>5}/{:<5} {:>5}..{:<5}  {:>12}{}{}",
                                         level.passed,
                                         level.sequences,
                                         static_cast<int64_t>(std::ceil(level.lowest * s)),
                                         static_cast<int64_t>(std::floor(level.highest * s)),
                                         level.UniformityKnown() ? PText(level.uniformity) : "-",
                                         level.ProportionOk() ? "" : "  PROPORTION",
                                         level.UniformityOk() ? "" : "  NOT UNIFORM"));
  }
  if (hidden > 0)
    report.text += fmt::format("{} templates within both bounds are left out (--all)\n", hidden);
  if (!report.tested) {
    report.text += "verdict: none, no test was applicable to any sequence\n";
    return report;
  }
  report.text += fmt::format(
      "{} of {} tests and variants applicable: {} proportions outside p^ -+ 3 sd, {} with P_T < "
      "0.0001; share of p-values below "
      "{:g}: "
      "{:.5f}\nverdict: {} (smallest of {} proportion and uniformity p-values {} ({}), times their "
      "number {:.3g}, against {:g})\n",
      judged,
      levels.size(),
      outside,
      not_uniform,
      options.alpha,
      share,
      report.failed ? "FAIL" : "pass",
      numbers,
      PText(smallest),
      smallest_name,
      std::min(1.0, smallest * numbers),
      kLevel);
  return report;
}

}  // namespace chaosense
