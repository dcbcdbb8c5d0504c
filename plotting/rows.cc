#include "plotting/rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "core/base/error.h"
#include "plotting/csv.h"

namespace chaosense {
namespace {

const std::vector<std::string>& Header() {
  static const std::vector<std::string> header = {"experiment",
                                                  "dataset",
                                                  "image",
                                                  "rate",
                                                  "method",
                                                  "cipher",
                                                  "map",
                                                  "variant",
                                                  "seed",
                                                  "metric",
                                                  "value",
                                                  "unit",
                                                  "published",
                                                  "source",
                                                  "status"};
  return header;
}

constexpr size_t kSeedColumn = 8;  // columns of a sweep stand behind it
constexpr std::string_view kSweepPrefix = "sweep.";

}  // namespace

const std::vector<std::string>& AxisNames() {
  static const std::vector<std::string> axes(Header().begin(), Header().begin() + 10);
  return axes;
}

bool IsAxis(std::string_view name) {
  const std::vector<std::string>& names = AxisNames();
  return std::find(names.begin(), names.end(), name) != names.end() ||
         (name.starts_with(kSweepPrefix) && name.size() > kSweepPrefix.size());
}

std::vector<std::string> SweepAxes(const std::vector<ResultRow>& rows) {
  std::set<std::string> axes;
  const std::map<std::string, std::string>* last = nullptr;  // rows of one cell have the same
  for (const ResultRow& row : rows) {
    if (last != nullptr && *last == row.sweep) continue;
    last = &row.sweep;
    for (const auto& [key, value] : row.sweep) axes.insert(std::string(kSweepPrefix) + key);
  }
  return {axes.begin(), axes.end()};
}

std::string AxisText(const ResultRow& row, std::string_view axis) {
  if (axis == "experiment") return row.experiment;
  if (axis == "dataset") return row.dataset;
  if (axis == "image") return row.image;
  if (axis == "rate") return row.rate == 0 ? "" : NumberText(row.rate);
  if (axis == "method") return row.method;
  if (axis == "cipher") return row.cipher;
  if (axis == "map") return row.map;
  if (axis == "variant") return row.variant;
  if (axis == "seed") return std::to_string(row.seed);
  if (axis == "metric") return row.metric;
  CHAOSENSE_CHECK(axis.starts_with(kSweepPrefix), "axis {}", axis);
  const auto found = row.sweep.find(std::string(axis.substr(kSweepPrefix.size())));
  return found == row.sweep.end() ? "" : found->second;
}

std::vector<std::string> DifferingAxes(const ResultRow& a, const ResultRow& b) {
  std::vector<std::string> axes = AxisNames();
  const std::vector<std::string> sweep = SweepAxes({a, b});
  axes.insert(axes.end(), sweep.begin(), sweep.end());
  std::erase_if(axes,
                [&](const std::string& axis) { return AxisText(a, axis) == AxisText(b, axis); });
  return axes;
}

std::string NumberText(double value) {
  if (std::isnan(value)) return "nan";
  return fmt::format("{}", value);  // shortest round trip; "inf", "-inf"
}

std::optional<double> ParseNumber(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string WriteCells(const std::vector<ResultRow>& rows) {
  const std::vector<std::string> sweep = SweepAxes(rows);
  std::vector<std::string> header = Header();
  header.insert(header.begin() + kSeedColumn + 1, sweep.begin(), sweep.end());
  std::string text = CsvLine(header);
  for (const ResultRow& row : rows) {
    const auto add = [&text](std::string_view field) {
      AppendCsvField(field, text);
      text += ',';
    };
    for (const std::string* field : {&row.experiment, &row.dataset, &row.image}) add(*field);
    add(AxisText(row, "rate"));
    for (const std::string* field : {&row.method, &row.cipher, &row.map, &row.variant}) add(*field);
    add(std::to_string(row.seed));
    for (const std::string& axis : sweep) add(AxisText(row, axis));
    add(row.metric);
    add(row.measured() ? NumberText(row.value) : "");
    add(row.unit);
    add(row.published ? NumberText(*row.published) : "");
    add(row.source);
    AppendCsvField(row.status, text);
    text += '\n';
  }
  return text;
}

namespace {

// The keys of the columns sweep.KEY behind the seed, which are taken out of the header.
std::vector<std::string> TakeSweepKeys(std::vector<std::string>& header) {
  std::vector<std::string> keys;
  const auto first = header.begin() + std::min(header.size(), kSeedColumn + 1);
  auto last = first;
  for (; last != header.end() && IsAxis(*last) && last->starts_with(kSweepPrefix); ++last)
    keys.push_back(last->substr(kSweepPrefix.size()));
  header.erase(first, last);
  return keys;
}

}  // namespace

std::vector<ResultRow> ReadCells(std::string_view text, const std::string& name) {
  CsvReader reader(text, name);
  CsvRecord record;
  const bool any = reader.Next(record);
  const std::vector<std::string> sweep =
      any ? TakeSweepKeys(record.fields) : std::vector<std::string>();
  if (!any || record.fields != Header())
    throw ConfigError("{}:1: expected the header {}", name, fmt::join(Header(), ","));
  std::vector<ResultRow> rows;
  rows.reserve(static_cast<size_t>(std::ranges::count(text, '\n')));
  while (reader.Next(record)) {
    const auto& [line, fields] = record;
    if (fields.size() != Header().size() + sweep.size()) {
      throw ConfigError("{}:{}: {} fields, expected {}",
                        name,
                        line,
                        fields.size(),
                        Header().size() + sweep.size());
    }
    ResultRow row;
    for (size_t k = 0; k < sweep.size(); ++k) {
      const std::string& setting = record.fields[kSeedColumn + 1 + k];
      if (!setting.empty()) row.sweep.emplace_hint(row.sweep.end(), sweep[k], setting);
    }
    // The fields of Header(), behind the settings of a sweep.
    const auto field = [&](size_t column) -> const std::string& {
      return record.fields[column <= kSeedColumn ? column : column + sweep.size()];
    };
    const auto number = [&](size_t column) {
      const std::optional<double> value = ParseNumber(field(column));
      if (!value)
        throw ConfigError("{}:{}: {}: \"{}\" is not a number",
                          name,
                          record.line,
                          Header()[column],
                          field(column));
      return *value;
    };
    row.experiment = field(0);
    row.dataset = field(1);
    row.image = field(2);
    row.rate = field(3).empty() ? 0 : number(3);
    row.method = field(4);
    row.cipher = field(5);
    row.map = field(6);
    row.variant = field(7);
    const std::string& seed = field(kSeedColumn);
    const char* const seed_end = seed.data() + seed.size();
    if (const auto [end, error] = std::from_chars(seed.data(), seed_end, row.seed);
        error != std::errc() || end != seed_end) {
      throw ConfigError("{}:{}: seed: \"{}\" is not a whole number from 0", name, line, seed);
    }
    row.metric = field(9);
    row.unit = field(11);
    if (!field(12).empty()) row.published = number(12);
    row.source = field(13);
    row.status = field(14);
    if (!row.measured() && !row.published_only() && !row.missing()) {
      throw ConfigError(
          "{}:{}: status: \"{}\" is not \"ok\", \"published\", \"not run\" or \"failed: ...\"",
          name,
          line,
          row.status);
    }
    if (!row.measured() && !field(10).empty()) {
      throw ConfigError(
          "{}:{}: value: \"{}\" where the status is \"{}\"", name, line, field(10), row.status);
    }
    row.value = row.measured() ? number(10) : std::numeric_limits<double>::quiet_NaN();
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace chaosense
