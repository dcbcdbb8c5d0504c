#include "experiments/cli/randomness_report_parts.h"

#include <fmt/format.h>

namespace chaosense {

std::string AboutText(const Json& about) {
  std::string text;
  for (const auto& [key, value] : about.items()) {
    text += fmt::format("{}{}: {}",
                        text.empty() ? "" : "; ",
                        key,
                        value.is_string() ? value.get<std::string>() : value.dump());
  }
  return text + "\n";
}

std::string PText(double p) {
  return p < 1e-6 ? fmt::format("{:.2e}", p) : fmt::format("{:.6f}", p);
}

std::string VerdictText(const TestOutcome& outcome, double alpha) {
  return !outcome.applicable() ? "not applicable" : outcome.Fails(alpha) ? "FAIL" : "pass";
}

Json OutcomeJson(const TestOutcome& outcome, double alpha) {
  Json json = {{"test", outcome.test},
               {"variant", outcome.variant},
               {"verdict", VerdictText(outcome, alpha)}};
  if (outcome.applicable()) {
    json["statistic"] = NumberToJson(outcome.statistic);
    json["p_value"] = NumberToJson(outcome.p_value);
  } else {
    json["reason"] = outcome.not_applicable;
  }
  return json;
}

std::string TableLine(const std::string& test,
                      const std::string& variant,
                      const std::string& rest) {
  return fmt::format("{:<24} {:<16} {}\n", test, variant, rest);
}

}  // namespace chaosense
