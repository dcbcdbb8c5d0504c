#include "plotting/table_style.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chaosense {
namespace {

template <typename T>
T ForMetric(const std::map<std::string, T>& values, const std::string& metric, T otherwise) {
  if (const auto found = values.find(metric); found != values.end()) return found->second;
  if (const auto all = values.find(""); all != values.end()) return all->second;
  return otherwise;
}

std::string MetricHeading(const TableSpec& spec, const std::string& metric) {
  if (spec.labels.contains(metric)) return spec.labels.at(metric);
  const std::string unit = StyleOf(spec, metric).unit;
  return unit.empty() ? metric : fmt::format("{} ({})", metric, unit);
}

size_t Decimals(const std::string& number) {
  const size_t point = number.find('.');
  return point == std::string::npos || number.find('e') != std::string::npos
             ? 0
             : number.size() - point - 1;
}

// MetricFormat::kAttack in words.
std::string AttackText(double value) {
  if (std::isnan(value)) return "n/a";
  if (std::isinf(value)) return value > 0 ? "passed" : "info";
  if (value >= 0) return fmt::format("broken ({:.0f})", value);
  return value > -2 ? "weak" : fmt::format("expected ({:.0f})", -2 - value);
}

}  // namespace

ValueStyle StyleOf(const TableSpec& spec, const std::string& metric) {
  const MetricInfo& info = MetricByName(metric, spec.where);
  const double scale = ForMetric(spec.scale, metric, 1.0);
  return {scale,
          ForMetric(spec.precision, metric, info.precision),
          ForMetric(spec.format, metric, info.format),
          ForMetric(spec.unit, metric, scale == 100 ? std::string("%") : info.unit),
          info.direction};
}

std::string FormatValue(double value, MetricFormat format, int precision) {
  if (format == MetricFormat::kAttack) return AttackText(value);
  if (std::isnan(value)) return format == MetricFormat::kVerdict ? "--" : "nan";
  if (format == MetricFormat::kVerdict)
    return value == 1               ? "pass"
           : value == 0             ? "fail"
           : value > 0 && value < 1 ? fmt::format("{:.0f} % pass", 100 * value)  // of several seeds
                                    : fmt::format("{}", value);
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (format == MetricFormat::kCount) precision = 0;
  std::string text = fmt::format("{:.{}f}", value, precision);
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  if (zero && text[0] == '-') text.erase(0, 1);
  if (zero && value > 0 && format == MetricFormat::kPValue)
    return fmt::format("<{:.{}f}", std::pow(10, -precision), precision);
  return text;
}

std::string FormatDifference(double difference, int precision) {
  if (!std::isfinite(difference)) return FormatValue(difference, MetricFormat::kNumber, precision);
  std::string text = fmt::format("{:+.{}f}", difference, precision);
  if (text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string LabelOf(const TableSpec& spec, const std::string& text) {
  const auto found = spec.labels.find(text);
  return found == spec.labels.end() ? text : found->second;
}

std::string HeadingOf(const TableSpec& spec,
                      const std::vector<const ResultRow*>& results,
                      const std::string& axis,
                      const std::string& value) {
  if (axis == "metric" && !value.empty()) return MetricHeading(spec, value);
  const bool plain = axis == "rate" && !value.empty() && value.find('e') == std::string::npos;
  if (!plain || spec.labels.contains(value)) return LabelOf(spec, value);
  size_t digits = 0;
  for (const ResultRow* row : results) digits = std::max(digits, Decimals(AxisText(*row, "rate")));
  return value + std::string(digits > 0 && Decimals(value) == 0 ? "." : "") +
         std::string(digits - Decimals(value), '0');
}

}  // namespace chaosense
