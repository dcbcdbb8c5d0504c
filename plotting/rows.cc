#include "plotting/rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>
#include <limits>

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

}  // namespace

const std::vector<std::string>& AxisNames() {
  static const std::vector<std::string> axes(Header().begin(), Header().begin() + 10);
  return axes;
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
  CHAOSENSE_CHECK(axis == "metric", "axis {}", axis);
  return row.metric;
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
  std::string text = CsvLine(Header());
  for (const ResultRow& row : rows) {
    text += CsvLine({row.experiment,
                     row.dataset,
                     row.image,
                     AxisText(row, "rate"),
                     row.method,
                     row.cipher,
                     row.map,
                     row.variant,
                     std::to_string(row.seed),
                     row.metric,
                     row.measured() ? NumberText(row.value) : "",
                     row.unit,
                     row.published ? NumberText(*row.published) : "",
                     row.source,
                     row.status});
  }
  return text;
}

std::vector<ResultRow> ReadCells(std::string_view text, const std::string& name) {
  const std::vector<CsvRecord> records = ParseCsv(text, name);
  if (records.empty() || records[0].fields != Header()) {
    throw ConfigError("{}:1: expected the header {}", name, fmt::join(Header(), ","));
  }
  std::vector<ResultRow> rows;
  for (size_t i = 1; i < records.size(); ++i) {
    const auto& [line, fields] = records[i];
    if (fields.size() != Header().size()) {
      throw ConfigError(
          "{}:{}: {} fields, expected {}", name, line, fields.size(), Header().size());
    }
    const auto number = [&, line = line, &fields = fields](size_t column) {
      const std::optional<double> value = ParseNumber(fields[column]);
      if (!value)
        throw ConfigError(
            "{}:{}: {}: \"{}\" is not a number", name, line, Header()[column], fields[column]);
      return *value;
    };
    ResultRow row;
    row.experiment = fields[0];
    row.dataset = fields[1];
    row.image = fields[2];
    row.rate = fields[3].empty() ? 0 : number(3);
    row.method = fields[4];
    row.cipher = fields[5];
    row.map = fields[6];
    row.variant = fields[7];
    const char* const seed_end = fields[8].data() + fields[8].size();
    if (const auto [end, error] = std::from_chars(fields[8].data(), seed_end, row.seed);
        error != std::errc() || end != seed_end) {
      throw ConfigError("{}:{}: seed: \"{}\" is not a whole number from 0", name, line, fields[8]);
    }
    row.metric = fields[9];
    row.unit = fields[11];
    if (!fields[12].empty()) row.published = number(12);
    row.source = fields[13];
    row.status = fields[14];
    if (!row.measured() && !row.published_only() && !row.failed()) {
      throw ConfigError("{}:{}: status: \"{}\" is not \"ok\", \"published\" or \"failed: ...\"",
                        name,
                        line,
                        row.status);
    }
    if (!row.measured() && !fields[10].empty()) {
      throw ConfigError(
          "{}:{}: value: \"{}\" where the status is \"{}\"", name, line, fields[10], row.status);
    }
    row.value = row.measured() ? number(10) : std::numeric_limits<double>::quiet_NaN();
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace chaosense
