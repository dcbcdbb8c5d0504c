#include "plotting/table_spec.h"

#include <algorithm>
#include <functional>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "plotting/rows.h"
#include "plotting/spec_fields.h"
#include "plotting/verdicts.h"

namespace chaosense {
namespace {

const std::map<std::string, MetricFormat> kFormats = {{"number", MetricFormat::kNumber},
                                                      {"count", MetricFormat::kCount},
                                                      {"p_value", MetricFormat::kPValue},
                                                      {"verdict", MetricFormat::kVerdict},
                                                      {"attack", MetricFormat::kAttack}};
const std::map<std::string, PublishedOnly> kPublishedOnly = {{"all", PublishedOnly::kAll},
                                                             {"matching", PublishedOnly::kMatching},
                                                             {"none", PublishedOnly::kNone}};

// ---- schema

// One value for all metrics, or an object by metric.
Json ByMetric(const Json& one, const std::string& description) {
  Json properties = Json::object();
  for (const std::string& metric : MetricNames()) properties[metric] = one;
  return {
      {"anyOf",
       {one, {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}}}},
      {"description", description}};
}

Json LimitSchema() {
  Json properties = Json::object();
  for (const std::string& metric : MetricNames()) properties[metric] = {{"type", "number"}};
  return {{"type", "object"},
          {"properties", properties},
          {"additionalProperties", false},
          {"description",
           "by metric, the value at which measuring stopped: cells hold the worst result, since a "
           "mean with such values is none, and print >= limit there"}};
}

// ---- parsing

template <typename T>
std::map<std::string, T> PerMetric(const Json& json,
                                   const std::string& where,
                                   const std::function<T(const Json&, const std::string&)>& read) {
  if (!json.is_object()) return {{"", read(json, where)}};
  std::map<std::string, T> values;
  for (const auto& [metric, value] : json.items()) {
    MetricByName(metric, where + "/" + metric);
    values[metric] = read(value, where + "/" + metric);
  }
  return values;
}

int Digits(const Json& json, const std::string& where) {
  if (!json.is_number_integer()) BadType(where, json, "integer");
  const auto digits = json.get<int64_t>();
  if (digits < 0 || digits > 12)
    throw ConfigError("{}: {} is out of range, expected 0 to 12", where, digits);
  return static_cast<int>(digits);
}

double Scale(const Json& json, const std::string& where) {
  if (!json.is_number()) BadType(where, json, "number");
  const double scale = json.get<double>();
  if (!(scale > 0))
    throw ConfigError("{}: {} is out of range, expected more than 0", where, json.dump());
  return scale;
}

double Tolerance(const Json& json, const std::string& where) {
  if (!json.is_number()) BadType(where, json, "number");
  const double tolerance = json.get<double>();
  if (!(tolerance >= 0))
    throw ConfigError("{}: {} is out of range, expected at least 0", where, json.dump());
  return tolerance;
}

double Limit(const Json& json, const std::string& where) {
  if (!json.is_number()) BadType(where, json, "number");
  return json.get<double>();
}

MetricFormat Format(const Json& json, const std::string& where) {
  const std::string name = ReadText(json, where);
  const auto found = kFormats.find(name);
  if (found == kFormats.end()) BadName(where, "format", name, KeysOf(kFormats));
  return found->second;
}

void ParseMetrics(const Json& json, const std::string& where, TableSpec& spec) {
  if (json.contains("metric") == json.contains("metrics")) {
    throw ConfigError("{}: give one of \"metric\" and \"metrics\"", where);
  }
  if (json.contains("metric")) {
    spec.metrics = {ReadText(json["metric"], where + "/metric")};
    MetricByName(spec.metrics[0], where + "/metric");
    return;
  }
  spec.metrics = ReadTexts(json["metrics"], where + "/metrics");
  if (spec.metrics.empty())
    throw ConfigError("{}/metrics: is empty, expected at least one metric", where);
  for (size_t i = 0; i < spec.metrics.size(); ++i)
    MetricByName(spec.metrics[i], fmt::format("{}/metrics/{}", where, i));
}

// What the keys must be together.
void CheckTogether(const TableSpec& spec) {
  const auto has = [](const std::vector<std::string>& axes, const std::string& axis) {
    return std::find(axes.begin(), axes.end(), axis) != axes.end();
  };
  for (const std::string& axis : spec.columns) {
    if (has(spec.rows, axis))
      throw ConfigError("{}/columns: \"{}\" is among the rows already", spec.where, axis);
  }
  if (spec.metrics.size() > 1 && !has(spec.rows, "metric") && !has(spec.columns, "metric")) {
    throw ConfigError("{}: several metrics, but \"metric\" is neither in rows nor in columns",
                      spec.where);
  }
  for (const std::string& axis : spec.over) {
    if (spec.deviation && (has(spec.rows, axis) || has(spec.columns, axis)))
      throw ConfigError("{}/over: \"{}\" is among the rows or columns", spec.where, axis);
    if (axis == "metric" || axis == "experiment")
      throw ConfigError("{}/over: \"{}\" cannot be averaged over", spec.where, axis);
    if (axis != "seed" && spec.published)
      throw ConfigError(
          "{}/over: published values have no mean over \"{}\"; expected \"published\": false",
          spec.where,
          axis);
  }
  if (!spec.verdicts.empty() && !has(spec.columns, "metric"))
    throw ConfigError("{}/verdicts: needs \"metric\" among the columns", spec.where);
  if (!spec.best) return;
  for (const std::string& axis : *spec.best) {
    if (!has(spec.rows, axis)) {
      throw ConfigError(
          "{}/best: \"{}\" is not one of the rows: {}", spec.where, axis, JoinNames(spec.rows));
    }
  }
}

}  // namespace

Json TableSpecSchema() {
  const Json text = {{"type", "string"}};
  const Json metric = {{"type", "string"}, {"enum", MetricNames()}};
  Json properties = {
      {"id", FileIdSchema("names the table's files")},
      {"title", text},
      {"metric", metric},
      {"metrics", {{"type", "array"}, {"items", metric}, {"minItems", 1}, {"uniqueItems", true}}},
      {"rows", AxisList("axes down the side, outermost first")},
      {"columns", AxisList("axes across the top, outermost first")},
      {"filter",
       AxisValues(
           "only these values of an axis; \"x *\": all that begin with \"x \"; \"!x\": all but x")},
      {"order",
       AxisValues(
           "values of an axis that come first, in this order; the others follow as they were run")},
      {"labels",
       {{"type", "object"},
        {"additionalProperties", text},
        {"description", "what to print for a value, a metric or an axis"}}},
      {"precision",
       ByMetric({{"type", "integer"}, {"minimum", 0}, {"maximum", 12}}, "digits after the point")},
      {"scale",
       ByMetric({{"type", "number"}, {"exclusiveMinimum", 0}},
                "factor on what is printed; 100 for percent")},
      {"unit", ByMetric(text, "unit to print, after scaling")},
      {"format",
       ByMetric({{"type", "string"}, {"enum", KeysOf(kFormats)}}, "how a value is printed")},
      {"published",
       {{"type", "boolean"},
        {"default", true},
        {"description", "ours, published and difference in columns of their own"}}},
      {"published_label",
       {{"type", "string"},
        {"default", "published"},
        {"description", "heading of the published columns"}}},
      {"published_only",
       {{"type", "string"},
        {"enum", KeysOf(kPublishedOnly)},
        {"default", "matching"},
        {"description",
         "rows of the literature without ours: all, none, or those of our data sets, "
         "rates and images"}}},
      {"best",
       AxisList("row axes: bold the best of ours in each column within equal values of these")},
      {"verdicts", {{"type", "array"}, {"items", VerdictSpecSchema()}}},
      {"over",
       AxisList(
           "axes over which results are averaged (default: seed, without a spread); given: cells "
           "print mean, sample standard deviation and n; \"image\" leaves the *mean rows out")},
      {"interval",
       {{"type", "boolean"},
        {"default", false},
        {"description",
         "behind a mean over several results its 95 % interval (Student's t) in place of the "
         "standard deviation; of metrics with fixed ends the smallest and largest"}}},
      {"limit", LimitSchema()},
      {"tolerance",
       ByMetric({{"type", "number"}, {"minimum", 0}},
                "for `chaosense verify`: agreement with published values to be expected, absolute, "
                "before scaling")},
      {"rank_by",
       {{"anyOf",
         {{{"type", "string"}, {"enum", MetricNames()}},
          {{"type", "array"}, {"items", {{"type", "string"}, {"enum", MetricNames()}}}}}},
        {"description",
         "metrics in columns of their own: rows best first by the first one, then by the second, "
         "..."}}},
      {"footnotes", {{"type", "array"}, {"items", text}}},
      {"definitions",
       {{"type", "boolean"},
        {"default", true},
        {"description", "one sentence for each metric below the table"}}}};
  return {{"type", "object"},
          {"properties", properties},
          {"required", {"id", "rows"}},
          {"additionalProperties", false}};
}

TableSpec ParseTableSpec(const Json& json, const std::string& where) {
  if (!json.is_object()) BadType(where, json, "object");
  CheckKeys(json, TableSpecSchema(), where);
  for (const char* key : {"id", "rows"}) {
    if (!json.contains(key)) throw ConfigError("{}: missing key \"{}\"", where, key);
  }
  TableSpec spec;
  spec.where = where;
  const auto given = [&](const char* key, auto read) {
    if (json.contains(key)) read(json[key], where + "/" + key);
  };
  spec.id = ReadFileId(json["id"], where + "/id");
  given("title", [&](const Json& v, const std::string& at) { spec.title = ReadText(v, at); });
  ParseMetrics(json, where, spec);
  spec.rows = ReadAxes(json["rows"], where + "/rows");
  if (spec.rows.empty()) throw ConfigError("{}/rows: is empty, expected at least one axis", where);
  given("columns", [&](const Json& v, const std::string& at) { spec.columns = ReadAxes(v, at); });
  given("filter",
        [&](const Json& v, const std::string& at) { spec.filter = ReadValuesByAxis(v, at); });
  given("order",
        [&](const Json& v, const std::string& at) { spec.order = ReadValuesByAxis(v, at); });
  given("labels",
        [&](const Json& v, const std::string& at) { spec.labels = ReadTextsByName(v, at); });
  given("precision", [&](const Json& v, const std::string& at) {
    spec.precision = PerMetric<int>(v, at, Digits);
  });
  given("scale", [&](const Json& v, const std::string& at) {
    spec.scale = PerMetric<double>(v, at, Scale);
  });
  given("unit", [&](const Json& v, const std::string& at) {
    spec.unit = PerMetric<std::string>(v, at, ReadText);
  });
  given("format", [&](const Json& v, const std::string& at) {
    spec.format = PerMetric<MetricFormat>(v, at, Format);
  });
  given("published",
        [&](const Json& v, const std::string& at) { spec.published = ReadBoolean(v, at); });
  given("published_label",
        [&](const Json& v, const std::string& at) { spec.published_label = ReadText(v, at); });
  given("published_only", [&](const Json& v, const std::string& at) {
    const std::string name = ReadText(v, at);
    const auto found = kPublishedOnly.find(name);
    if (found == kPublishedOnly.end()) BadName(at, "choice", name, KeysOf(kPublishedOnly));
    spec.published_only = found->second;
  });
  given("best", [&](const Json& v, const std::string& at) { spec.best = ReadAxes(v, at); });
  given("verdicts", [&](const Json& v, const std::string& at) {
    if (!v.is_array()) BadType(at, v, "array");
    for (size_t i = 0; i < v.size(); ++i)
      spec.verdicts.push_back(ParseVerdictSpec(v[i], fmt::format("{}/{}", at, i)));
  });
  given("over", [&](const Json& v, const std::string& at) {
    spec.over = ReadAxes(v, at);
    if (spec.over.empty()) throw ConfigError("{}: is empty, expected at least one axis", at);
    spec.deviation = true;
  });
  given("tolerance", [&](const Json& v, const std::string& at) {
    spec.tolerance = PerMetric<double>(v, at, Tolerance);
  });
  given("limit", [&](const Json& v, const std::string& at) {
    if (!v.is_object()) BadType(at, v, "object");
    spec.limit = PerMetric<double>(v, at, Limit);
  });
  given("interval",
        [&](const Json& v, const std::string& at) { spec.interval = ReadBoolean(v, at); });
  given("rank_by", [&](const Json& v, const std::string& at) {
    spec.rank_by = v.is_string() ? std::vector<std::string>{ReadText(v, at)} : ReadTexts(v, at);
    for (const std::string& metric : spec.rank_by) MetricByName(metric, at);
  });
  given("footnotes",
        [&](const Json& v, const std::string& at) { spec.footnotes = ReadTexts(v, at); });
  given("definitions",
        [&](const Json& v, const std::string& at) { spec.definitions = ReadBoolean(v, at); });
  CheckTogether(spec);
  return spec;
}

}  // namespace chaosense
