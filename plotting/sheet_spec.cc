#include <algorithm>

#include "core/base/error.h"
#include "core/metrics/metric.h"
#include "plotting/sheet.h"
#include "plotting/spec_fields.h"

namespace chaosense {
namespace {

constexpr const char* kPicture = "picture";

// The result axes, with the picture's kind in the place of the metric.
std::vector<std::string> SheetAxes() {
  std::vector<std::string> axes = AxisNames();
  std::replace(axes.begin(), axes.end(), std::string("metric"), std::string(kPicture));
  return axes;
}

std::vector<std::string> ReadSheetAxes(const Json& json, const std::string& where) {
  std::vector<std::string> axes = ReadTexts(json, where);
  const std::vector<std::string> known = SheetAxes();
  for (size_t i = 0; i < axes.size(); ++i) {
    if (axes[i] != kPicture && (axes[i] == "metric" || !IsAxis(axes[i])))
      BadName(fmt::format("{}/{}", where, i), "axis", axes[i], known);
    if (axes[i] == kPicture) axes[i] = "metric";
  }
  return axes;
}

}  // namespace

Json SheetSpecSchema() {
  const Json text = {{"type", "string"}};
  const Json axes = {{"type", "array"},
                     {"items", AxisSchema()},
                     {"uniqueItems", true},
                     {"description", "axes, outermost first; \"picture\": the picture's kind"}};
  const Json properties = {
      {"id", FileIdSchema("names the sheet's file")},
      {"title", text},
      {"pictures",
       {{"type", "array"},
        {"items", text},
        {"minItems", 1},
        {"uniqueItems", true},
        {"description",
         "kinds of pictures: 1_original ... 6_reconstructed (group pictures), attacked (group "
         "robustness)"}}},
      {"rows", axes},
      {"columns", axes},
      {"filter", AxisValues("only these values of an axis; \"x *\": all that begin with \"x \"")},
      {"order", AxisValues("values of an axis that come first, in this order")},
      {"labels",
       {{"type", "object"},
        {"additionalProperties", text},
        {"description", "what to print for a value or a picture"}}},
      {"caption",
       {{"type", "string"},
        {"enum", MetricNames()},
        {"description", "a metric to print below each picture"}}}};
  return {{"type", "object"},
          {"properties", properties},
          {"required", {"id", "pictures", "rows", "columns"}},
          {"additionalProperties", false}};
}

SheetSpec ParseSheetSpec(const Json& json, const std::string& where) {
  if (!json.is_object()) BadType(where, json, "object");
  CheckKeys(json, SheetSpecSchema(), where);
  for (const char* key : {"id", "pictures", "rows", "columns"}) {
    if (!json.contains(key)) throw ConfigError("{}: missing key \"{}\"", where, key);
  }
  SheetSpec spec;
  spec.where = where;
  const auto given = [&](const char* key, auto read) {
    if (json.contains(key)) read(json[key], where + "/" + key);
  };
  spec.id = spec.title = ReadFileId(json["id"], where + "/id");
  spec.pictures = ReadTexts(json["pictures"], where + "/pictures");
  if (spec.pictures.empty())
    throw ConfigError("{}/pictures: is empty, expected at least one kind", where);
  spec.rows = ReadSheetAxes(json["rows"], where + "/rows");
  spec.columns = ReadSheetAxes(json["columns"], where + "/columns");
  for (const std::string& axis : spec.columns) {
    if (std::find(spec.rows.begin(), spec.rows.end(), axis) != spec.rows.end())
      throw ConfigError("{}/columns: \"{}\" is among the rows already", where, axis);
  }
  given("title", [&](const Json& v, const std::string& at) { spec.title = ReadText(v, at); });
  given("filter",
        [&](const Json& v, const std::string& at) { spec.filter = ReadValuesByAxis(v, at); });
  given("order",
        [&](const Json& v, const std::string& at) { spec.order = ReadValuesByAxis(v, at); });
  given("labels",
        [&](const Json& v, const std::string& at) { spec.labels = ReadTextsByName(v, at); });
  given("caption", [&](const Json& v, const std::string& at) {
    spec.caption = MetricByName(ReadText(v, at), at).name;
  });
  return spec;
}

}  // namespace chaosense
