#include <fmt/format.h>

#include "core/base/error.h"
#include "plotting/panels.h"
#include "plotting/spec_fields.h"

namespace chaosense {
namespace {

const std::map<std::string, PanelSpec::Style> kStyles = {{"points", PanelSpec::Style::kPoints},
                                                         {"steps", PanelSpec::Style::kSteps}};

}  // namespace

Json PanelSpecSchema() {
  const Json text = {{"type", "string"}};
  const Json properties = {
      {"id", FileIdSchema("names the figure's files")},
      {"title", text},
      {"data", FileIdSchema("kind of the cells' data files: adjacent, histogram")},
      {"style", {{"type", "string"}, {"enum", KeysOf(kStyles)}, {"default", "points"}}},
      {"columns", {{"type", "integer"}, {"minimum", 1}, {"maximum", 12}, {"default", 3}}},
      {"filter", AxisValues("only these values of an axis; \"x *\": all that begin with \"x \"")},
      {"order", AxisValues("values of an axis that come first, in this order")},
      {"labels",
       {{"type", "object"},
        {"additionalProperties", text},
        {"description", "what to print for a value, a panel or a series"}}},
      {"x_title", text},
      {"y_title", text}};
  return {{"type", "object"},
          {"properties", properties},
          {"required", {"id", "data"}},
          {"additionalProperties", false}};
}

PanelSpec ParsePanelSpec(const Json& json, const std::string& where) {
  if (!json.is_object()) BadType(where, json, "object");
  CheckKeys(json, PanelSpecSchema(), where);
  for (const char* key : {"id", "data"}) {
    if (!json.contains(key)) throw ConfigError("{}: missing key \"{}\"", where, key);
  }
  PanelSpec spec;
  spec.where = where;
  const auto given = [&](const char* key, auto read) {
    if (json.contains(key)) read(json[key], where + "/" + key);
  };
  spec.id = ReadFileId(json["id"], where + "/id");
  spec.data = ReadFileId(json["data"], where + "/data");
  spec.title = spec.id;
  given("title", [&](const Json& v, const std::string& at) { spec.title = ReadText(v, at); });
  given("style", [&](const Json& v, const std::string& at) {
    const std::string name = ReadText(v, at);
    const auto found = kStyles.find(name);
    if (found == kStyles.end()) BadName(at, "style", name, KeysOf(kStyles));
    spec.style = found->second;
  });
  given("columns", [&](const Json& v, const std::string& at) {
    if (!v.is_number_integer()) BadType(at, v, "integer");
    const auto columns = v.get<int64_t>();
    if (columns < 1 || columns > 12)
      throw ConfigError("{}: {} is out of range, expected 1 to 12", at, columns);
    spec.columns = static_cast<int>(columns);
  });
  given("filter",
        [&](const Json& v, const std::string& at) { spec.filter = ReadValuesByAxis(v, at); });
  given("order",
        [&](const Json& v, const std::string& at) { spec.order = ReadValuesByAxis(v, at); });
  given("labels",
        [&](const Json& v, const std::string& at) { spec.labels = ReadTextsByName(v, at); });
  given("x_title", [&](const Json& v, const std::string& at) { spec.x_title = ReadText(v, at); });
  given("y_title", [&](const Json& v, const std::string& at) { spec.y_title = ReadText(v, at); });
  return spec;
}

}  // namespace chaosense
