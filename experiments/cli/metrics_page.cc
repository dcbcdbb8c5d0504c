#include "experiments/cli/metrics_page.h"

#include <fmt/format.h>

#include <utility>

#include "core/metrics/metric.h"

namespace chaosense {
namespace {

constexpr std::pair<const char*, const char*> kColumns[] = {
    {"experiment", "name of the config that made the row"},
    {"dataset", "image set, as `chaosense list datasets` names it"},
    {"image",
     "a picture's name; `*mean`: the mean of the metric over the set's pictures (of PSNR too: "
     "the mean of the pictures' PSNR, not the PSNR of a mean error)"},
    {"rate", "sampling rate, measurements per pixel; empty: does not apply"},
    {"method", "reconstruction method: its label in the config, or its registered name"},
    {"cipher", "cipher, likewise"},
    {"map", "chaotic map, likewise"},
    {"variant", "what else an experiment varies: gray or color, an attack, a length, ..."},
    {"seed", "seed of the cell"},
    {"sweep.KEY", "of a sweep alone, a column for each swept setting: its value as it was given"},
    {"metric", "one of those below"},
    {"value", "the number, every digit; `inf`, `-inf`, `nan`; empty where nothing was measured"},
    {"unit", "the metric's unit; fractions, never percent"},
    {"published", "the value of the literature that stands beside it, if there is one"},
    {"source", "where that value stands"},
    {"status",
     "`ok`; `failed: why` or `not run`, of a cell that gave nothing; `published`, of a published "
     "value that nothing of ours stands beside"}};

std::string Better(Direction direction) {
  if (direction == Direction::kNone) return "–";
  return direction == Direction::kInterval ? "by interval" : DirectionName(direction);
}

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '<' || c == '[') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

std::string MetricsPage() {
  std::string text =
      "<!-- Made by `chaosense list metrics --markdown > docs/metrics.md`; a test holds it to "
      "that. "
      "-->\n# Columns and metrics\n\n## Columns of `cells.csv`\n\n| column | holds |\n|---|---|\n";
  for (const auto& [column, meaning] : kColumns)
    text += fmt::format("| `{}` | {} |\n", column, meaning);
  text +=
      "\n## Metrics\n\n"
      "Better: which way is better; \"by interval\" is judged against an interval or a critical "
      "value, "
      "never by closeness to an ideal; \"–\" describes and does not judge. Digits: what tables "
      "print "
      "after the point unless a config says otherwise; the files hold every digit. "
      "`chaosense describe NAME` says the same of one metric.\n\n"
      "| metric | unit | better | digits | definition | source |\n|---|---|---|---:|---|---|\n";
  for (const MetricInfo& metric : AllMetrics()) {
    const bool whole =
        metric.format == MetricFormat::kCount || metric.format == MetricFormat::kVerdict;
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n",
                        metric.name,
                        metric.unit.empty() ? "1" : metric.unit,
                        Better(metric.direction),
                        whole ? 0 : metric.precision,
                        Escaped(metric.definition),
                        Escaped(metric.source.empty() ? "–" : metric.source));
  }
  return text;
}

}  // namespace chaosense
