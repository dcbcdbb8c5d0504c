#include "plotting/figure_spec.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/metrics/metric.h"
#include "plotting/rows.h"
#include "plotting/spec_fields.h"

namespace chaosense {
namespace {

constexpr const char* kRate = "rate";

std::vector<std::string> XNames() {
  std::vector<std::string> names = {kRate};
  for (const std::string& metric : MetricNames()) names.push_back(metric);
  return names;
}

// The axes that can tell curves apart: points are told apart by the rate, values by the metric.
std::vector<std::string> SeriesAxes() {
  std::vector<std::string> axes = AxisNames();
  std::erase(axes, kRate);
  std::erase(axes, "metric");
  return axes;
}

std::vector<std::string> PointAxes() {
  std::vector<std::string> axes = AxisNames();
  std::erase(axes, "metric");
  return axes;
}

std::string ReadOneOf(const Json& json,
                      const std::string& where,
                      const char* what,
                      const std::vector<std::string>& known) {
  const std::string name = ReadText(json, where);
  if (std::find(known.begin(), known.end(), name) == known.end()) BadName(where, what, name, known);
  return name;
}

bool IsSwept(const std::string& name) { return name.starts_with("sweep.") && IsAxis(name); }

std::string ReadOneOrSwept(const Json& json,
                           const std::string& where,
                           const char* what,
                           const std::vector<std::string>& known) {
  const std::string name = ReadText(json, where);
  return IsSwept(name) ? name : ReadOneOf(json, where, what, known);
}

}  // namespace

Json FigureSpecSchema() {
  const Json text = {{"type", "string"}};
  const Json properties = {
      {"id", FileIdSchema("names the figure's files")},
      {"title", text},
      {"x",
       {{"type", "string"},
        {"examples", XNames()},
        {"default", kRate},
        {"description",
         "the sampling rate, a swept setting (sweep.KEY), or a metric of which each point gives a "
         "value"}}},
      {"points",
       {{"type", "string"},
        {"examples", PointAxes()},
        {"default", kRate},
        {"description", "each value of this axis gives a point; other than rate: x is a metric"}}},
      {"y", {{"type", "string"}, {"enum", MetricNames()}}},
      {"series",
       {{"type", "string"},
        {"examples", SeriesAxes()},
        {"description", "one curve for each value of this axis"}}},
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
      {"over",
       AxisList(
           "axes over which each point is a mean (default: seed); \"image\" leaves *mean out")},
      {"band",
       {{"type", "string"},
        {"enum", {"none", "sd", "interval"}},
        {"default", "none"},
        {"description",
         "around means over several results: the sample standard deviation, or the 95 % interval "
         "of the mean (Student's t)"}}},
      {"x_scale", {{"type", "string"}, {"enum", {"linear", "log"}}, {"default", "linear"}}}};
  return {{"type", "object"},
          {"properties", properties},
          {"required", {"id", "y", "series"}},
          {"additionalProperties", false}};
}

FigureSpec ParseFigureSpec(const Json& json, const std::string& where) {
  if (!json.is_object()) BadType(where, json, "object");
  CheckKeys(json, FigureSpecSchema(), where);
  for (const char* key : {"id", "y", "series"}) {
    if (!json.contains(key)) throw ConfigError("{}: missing key \"{}\"", where, key);
  }
  FigureSpec spec;
  spec.where = where;
  const auto given = [&](const char* key, auto read) {
    if (json.contains(key)) read(json[key], where + "/" + key);
  };
  spec.id = ReadFileId(json["id"], where + "/id");
  given("title", [&](const Json& v, const std::string& at) { spec.title = ReadText(v, at); });
  given("x", [&](const Json& v, const std::string& at) {
    spec.x = ReadOneOrSwept(v, at, "axis or metric", XNames());
    if (IsSwept(spec.x)) spec.points = spec.x;
  });
  spec.y = MetricByName(ReadText(json["y"], where + "/y"), where + "/y").name;
  if (spec.x == spec.y) throw ConfigError("{}/y: \"{}\" is x already", where, spec.y);
  spec.series = ReadOneOrSwept(json["series"], where + "/series", "axis", SeriesAxes());
  given("points", [&](const Json& v, const std::string& at) {
    spec.points = ReadOneOrSwept(v, at, "axis", PointAxes());
  });
  if (spec.points != spec.x && (spec.x == kRate || IsSwept(spec.x)))
    throw ConfigError("{}/points: with \"{}\", x must be a metric", where, spec.points);
  if (spec.points == spec.series)
    throw ConfigError("{}/points: \"{}\" is the series already", where, spec.points);
  given("filter",
        [&](const Json& v, const std::string& at) { spec.filter = ReadValuesByAxis(v, at); });
  given("order",
        [&](const Json& v, const std::string& at) { spec.order = ReadValuesByAxis(v, at); });
  given("labels",
        [&](const Json& v, const std::string& at) { spec.labels = ReadTextsByName(v, at); });
  given("over", [&](const Json& v, const std::string& at) {
    spec.over = ReadAxes(v, at);
    for (const std::string& axis : spec.over) {
      if (axis == "metric" || axis == "experiment" || axis == spec.series || axis == spec.points)
        throw ConfigError("{}: \"{}\" cannot be averaged over here", at, axis);
    }
  });
  given("band", [&](const Json& v, const std::string& at) {
    const std::string name = ReadOneOf(v, at, "band", {"none", "sd", "interval"});
    spec.band = name == "sd"         ? Band::kDeviation
                : name == "interval" ? Band::kInterval
                                     : Band::kNone;
  });
  given("x_scale", [&](const Json& v, const std::string& at) {
    spec.log_x = ReadOneOf(v, at, "scale", {"linear", "log"}) == "log";
  });
  return spec;
}

}  // namespace chaosense
