#include "plotting/spec_fields.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "plotting/rows.h"

namespace chaosense {
namespace {

constexpr const char* kFileCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

}  // namespace

// ---- schema

Json FileIdSchema(const std::string& description) {
  return {{"type", "string"},
          {"minLength", 1},
          {"maxLength", 64},
          {"pattern", "^[A-Za-z0-9_-]+$"},
          {"description", description}};
}

// The readers check the names, as any key may be swept.
Json AxisSchema() {
  return {{"type", "string"},
          {"examples", AxisNames()},
          {"description", fmt::format("{} or sweep.KEY", fmt::join(AxisNames(), ", "))}};
}

Json AxisList(const std::string& description) {
  return {{"type", "array"},
          {"items", AxisSchema()},
          {"uniqueItems", true},
          {"description", description}};
}

// Axis -> a value or a list of values.
Json AxisValues(const std::string& description) {
  const Json one = {{"type", {"string", "number"}}};
  const Json values = {{"anyOf", {one, {{"type", "array"}, {"items", one}}}}};
  Json properties = Json::object();
  for (const std::string& axis : AxisNames()) {
    if (axis != "metric") properties[axis] = values;
  }
  return {{"type", "object"},
          {"properties", properties},
          {"additionalProperties", values},  // sweep.KEY
          {"description", description}};
}

// ---- parsing

void BadName(const std::string& where,
             const std::string& what,
             const std::string& name,
             const std::vector<std::string>& known) {
  throw ConfigError("{}: unknown {} \"{}\"{}", where, what, name, NearestAndAll(name, known));
}

void BadType(const std::string& where, const Json& json, const char* expected) {
  throw ConfigError("{}: {} has the wrong type, expected {}", where, json.dump(), expected);
}

std::string ReadText(const Json& json, const std::string& where) {
  if (!json.is_string()) BadType(where, json, "string");
  return json.get<std::string>();
}

bool ReadBoolean(const Json& json, const std::string& where) {
  if (!json.is_boolean()) BadType(where, json, "boolean");
  return json.get<bool>();
}

std::vector<std::string> ReadTexts(const Json& json, const std::string& where) {
  if (!json.is_array()) BadType(where, json, "array");
  std::vector<std::string> texts;
  for (size_t i = 0; i < json.size(); ++i)
    texts.push_back(ReadText(json[i], fmt::format("{}/{}", where, i)));
  return texts;
}

std::vector<std::string> ReadAxes(const Json& json, const std::string& where) {
  const std::vector<std::string> axes = ReadTexts(json, where);
  for (size_t i = 0; i < axes.size(); ++i) {
    const std::string place = fmt::format("{}/{}", where, i);
    if (!IsAxis(axes[i])) BadName(place, "axis", axes[i], AxisNames());
    if (std::find(axes.begin(), axes.begin() + static_cast<std::ptrdiff_t>(i), axes[i]) !=
        axes.begin() + static_cast<std::ptrdiff_t>(i)) {
      throw ConfigError("{}: \"{}\" is given twice", place, axes[i]);
    }
  }
  return axes;
}

// A value of an axis as AxisText writes it.
std::string ReadAxisValue(const Json& json, const std::string& where) {
  if (json.is_number()) return NumberText(json.get<double>());
  if (!json.is_string()) BadType(where, json, "string or number");
  return json.get<std::string>();
}

std::map<std::string, std::vector<std::string>> ReadValuesByAxis(const Json& json,
                                                                 const std::string& where) {
  if (!json.is_object()) BadType(where, json, "object");
  std::vector<std::string> known = AxisNames();
  std::erase(known, "metric");
  std::map<std::string, std::vector<std::string>> values;
  for (const auto& [axis, list] : json.items()) {
    const std::string place = where + "/" + axis;
    if (axis == "metric" || !IsAxis(axis)) BadName(place, "axis", axis, known);
    std::vector<std::string>& texts = values[axis];
    if (!list.is_array()) {
      texts.push_back(ReadAxisValue(list, place));
      continue;
    }
    for (size_t i = 0; i < list.size(); ++i)
      texts.push_back(ReadAxisValue(list[i], fmt::format("{}/{}", place, i)));
  }
  return values;
}

std::map<std::string, std::string> ReadTextsByName(const Json& json, const std::string& where) {
  if (!json.is_object()) BadType(where, json, "object");
  std::map<std::string, std::string> texts;
  for (const auto& [name, text] : json.items()) texts[name] = ReadText(text, where + "/" + name);
  return texts;
}

std::string ReadFileId(const Json& json, const std::string& where) {
  const std::string id = ReadText(json, where);
  if (id.empty() || id.find_first_not_of(kFileCharacters) != std::string::npos) {
    throw ConfigError("{}: \"{}\" names a file, expected letters, digits, _ and -", where, id);
  }
  return id;
}

void CheckKeys(const Json& json, const Json& schema, const std::string& where) {
  const std::vector<std::string> known = KeysOf(schema.at("properties"));
  for (const auto& [key, ignored] : json.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end())
      BadName(where + "/" + key, "key", key, known);
  }
}

std::vector<std::string> KeysOf(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, ignored] : object.items()) keys.push_back(key);
  return keys;
}

}  // namespace chaosense
