// Parts that the specs of tables and of figures share: pieces of their JSON Schema, and reading
// them with errors that name the place. Every reader throws Error(kConfig) "WHERE: what is wrong".
#ifndef CHAOSENSE_PLOTTING_SPEC_FIELDS_H_
#define CHAOSENSE_PLOTTING_SPEC_FIELDS_H_

#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace chaosense {

Json FileIdSchema(const std::string& description);
Json AxisSchema();  // the name of one axis
Json AxisList(const std::string& description);
// An object: axis (not "metric") -> a value or a list of values.
Json AxisValues(const std::string& description);

[[noreturn]] void BadName(const std::string& where,
                          const std::string& what,
                          const std::string& name,
                          const std::vector<std::string>& known);
[[noreturn]] void BadType(const std::string& where, const Json& json, const char* expected);

std::string ReadText(const Json& json, const std::string& where);
bool ReadBoolean(const Json& json, const std::string& where);
std::vector<std::string> ReadTexts(const Json& json, const std::string& where);
// Names of AxisNames(), each once.
std::vector<std::string> ReadAxes(const Json& json, const std::string& where);
// A value of an axis as AxisText writes it.
std::string ReadAxisValue(const Json& json, const std::string& where);
std::map<std::string, std::vector<std::string>> ReadValuesByAxis(const Json& json,
                                                                 const std::string& where);
std::map<std::string, std::string> ReadTextsByName(const Json& json, const std::string& where);
// Letters, digits, _ and -.
std::string ReadFileId(const Json& json, const std::string& where);
// No key but those among the schema's properties.
void CheckKeys(const Json& json, const Json& schema, const std::string& where);

std::vector<std::string> KeysOf(const Json& object);
template <typename T>
std::vector<std::string> KeysOf(const std::map<std::string, T>& map) {
  std::vector<std::string> keys;
  for (const auto& [key, ignored] : map) keys.push_back(key);
  return keys;
}

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_SPEC_FIELDS_H_
