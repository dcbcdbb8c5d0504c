#include "core/base/registry.h"

namespace chaosense {
namespace {

bool HasType(const Json& value, const std::string& type) {
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  CHAOSENSE_CHECK(false, "unknown JSON Schema type {}", type);
}

void CheckValue(const Json& schema, const Json& value, const std::string& where) {
  if (schema.contains("type") && !HasType(value, schema["type"].get<std::string>())) {
    throw ConfigError("{}: {} has the wrong type, expected {}",
                      where,
                      value.dump(),
                      schema["type"].get<std::string>());
  }
  if (schema.contains("enum")) {
    const Json& allowed = schema["enum"];
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
      std::vector<std::string> names;
      for (const Json& one : allowed)
        names.push_back(one.is_string() ? one.get<std::string>() : one.dump());
      throw ConfigError(
          "{}: {} is not allowed{}",
          where,
          value.dump(),
          NearestAndAll(value.is_string() ? value.get<std::string>() : "", names, "allowed"));
    }
  }
  if (value.is_number()) {
    const double x = value.get<double>();
    const auto check = [&](const char* key, auto ok, const char* words) {
      if (schema.contains(key) && !ok(x, schema[key].get<double>())) {
        throw ConfigError("{}: {} is out of range, expected {} {}",
                          where,
                          value.dump(),
                          words,
                          schema[key].dump());
      }
    };
    check("minimum", std::greater_equal<>(), "at least");
    check("maximum", std::less_equal<>(), "at most");
    check("exclusiveMinimum", std::greater<>(), "more than");
    check("exclusiveMaximum", std::less<>(), "less than");
  }
}

}  // namespace

Json ResolveParameters(const PluginInfo& info, const Json& given, const std::string& where) {
  if (!given.is_object()) throw ConfigError("{}: expected an object of parameters", where);
  std::vector<std::string> known;
  for (const auto& [key, schema] : info.parameters.items()) known.push_back(key);
  Json resolved = Json::object();
  for (const auto& [key, schema] : info.parameters.items()) {
    CHAOSENSE_CHECK(
        schema.contains("default"), "parameter {} of {} has no default", key, info.name);
    resolved[key] = schema["default"];
  }
  for (const auto& [key, value] : given.items()) {
    if (!info.parameters.contains(key)) {
      throw ConfigError("{}/{}: unknown key{}", where, key, NearestAndAll(key, known));
    }
    CheckValue(info.parameters[key], value, where + "/" + key);
    resolved[key] = value;
  }
  return resolved;
}

}  // namespace chaosense
