#include "core/chaos/map_choice.h"

#include "core/base/error.h"
#include "core/chaos/expression_map.h"

namespace chaosense {
namespace {

// The parameters of a choice: its other keys, or those under "parameters".
Json Parameters(const Json& choice, const std::string& name_key, const std::string& where) {
  Json parameters = choice;
  parameters.erase(name_key);
  if (!parameters.contains("parameters")) return parameters;
  Json nested = parameters["parameters"];
  if (parameters.size() > 1) {
    throw ConfigError("{}: parameters both in place and under \"parameters\"", where);
  }
  return nested;
}

std::string TextAt(const Json& choice, const char* key, const std::string& where) {
  if (!choice[key].is_string()) throw ConfigError("{}/{}: expected a text", where, key);
  return choice[key].get<std::string>();
}

}  // namespace

std::unique_ptr<ChaoticMap> MakeMap(const Json& choice,
                                    const MapRegistry& registry,
                                    const std::filesystem::path& base_folder,
                                    const std::string& where) {
  if (choice.is_string()) {
    return registry.Create(choice.get<std::string>(), Json::object(), where);
  }
  if (!choice.is_object() || choice.contains("name") == choice.contains("file")) {
    throw ConfigError(
        "{}: expected a map's name, an object with \"name\" and parameters, one with "
        "\"file\", or an expression map",
        where);
  }
  // The registry checks parameters and their ranges.
  MapRegistry expressions("map");
  if (choice.contains("file")) {
    const MapEntry entry = LoadExpressionMap(base_folder / TextAt(choice, "file", where));
    RegisterMap(expressions, entry);
    return expressions.Create(entry.info.name, Parameters(choice, "file", where), where);
  }
  if (choice.contains("state")) {
    const MapEntry entry = LoadExpressionMap(choice, where);
    RegisterMap(expressions, entry);
    return expressions.Create(entry.info.name, Json::object(), where);
  }
  return registry.Create(TextAt(choice, "name", where), Parameters(choice, "name", where), where);
}

}  // namespace chaosense
