#include "core/harness/schema_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <vector>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

using Issue = std::optional<SchemaIssue>;

bool HasType(const Json& value, const std::string& type) {
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number_integer();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "null") return value.is_null();
  CHAOSENSE_CHECK(false, "unknown JSON Schema type {}", type);
}

std::vector<std::string> TypesOf(const Json& schema) {
  if (!schema.contains("type")) return {};
  const Json& type = schema["type"];
  if (type.is_string()) return {type.get<std::string>()};
  return type.get<std::vector<std::string>>();
}

bool FitsType(const Json& schema, const Json& value) {
  const std::vector<std::string> types = TypesOf(schema);
  return types.empty() || std::any_of(types.begin(), types.end(), [&](const auto& type) {
           return HasType(value, type);
         });
}

// Scalars as written, cut where they are long; arrays and objects by kind, since their text can be
// huge.
std::string Shown(const Json& value) {
  if (value.is_array()) return "an array";
  if (value.is_object()) return "an object";
  constexpr size_t kLongest = 60;
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

std::string JoinTypes(std::vector<std::string> types) {
  std::string text;
  for (size_t i = 0; i < types.size(); ++i) text += (i == 0 ? "" : " or ") + types[i];
  return text;
}

Issue WrongType(const Json& value,
                const std::vector<std::string>& types,
                const std::string& pointer) {
  return SchemaIssue{
      pointer, fmt::format("{} has the wrong type, expected {}", Shown(value), JoinTypes(types))};
}

Issue CheckEnum(const Json& allowed, const Json& value, const std::string& pointer) {
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return std::nullopt;
  std::vector<std::string> names;
  for (const Json& one : allowed)
    names.push_back(one.is_string() ? one.get<std::string>() : Shown(one));
  const std::string name = value.is_string() ? value.get<std::string>() : "";
  return SchemaIssue{
      pointer,
      fmt::format("{} is not allowed{}", Shown(value), NearestAndAll(name, names, "allowed"))};
}

Issue CheckNumber(const Json& schema, const Json& value, const std::string& pointer) {
  const double x = value.get<double>();
  const auto outside = [&](const char* key, auto holds, const char* words) -> Issue {
    if (!schema.contains(key) || holds(x, schema[key].get<double>())) return std::nullopt;
    return SchemaIssue{
        pointer,
        fmt::format("{} is out of range, expected {} {}", Shown(value), words, schema[key].dump())};
  };
  if (auto issue = outside("minimum", std::greater_equal<>(), "at least")) return issue;
  if (auto issue = outside("maximum", std::less_equal<>(), "at most")) return issue;
  if (auto issue = outside("exclusiveMinimum", std::greater<>(), "more than")) return issue;
  return outside("exclusiveMaximum", std::less<>(), "less than");
}

// Compiled once: a sweep checks thousands of configs.
const std::regex& Compiled(const std::string& pattern) {
  thread_local std::map<std::string, std::regex> known;
  const auto found = known.find(pattern);
  return found != known.end() ? found->second : known.emplace(pattern, pattern).first->second;
}

Issue CheckString(const Json& schema, const Json& value, const std::string& pointer) {
  const std::string& text = value.get_ref<const std::string&>();
  if (schema.contains("minLength") && text.size() < schema["minLength"].get<size_t>()) {
    return SchemaIssue{pointer,
                       fmt::format("{} is too short, expected at least {} characters",
                                   Shown(value),
                                   schema["minLength"].dump())};
  }
  if (schema.contains("maxLength") && text.size() > schema["maxLength"].get<size_t>()) {
    return SchemaIssue{pointer,
                       fmt::format("{} is too long, expected at most {} characters",
                                   Shown(value),
                                   schema["maxLength"].dump())};
  }
  if (schema.contains("pattern")) {
    // std::regex recurses per character.
    CHAOSENSE_CHECK(schema.contains("maxLength"), "a pattern needs a maxLength");
    const std::string pattern = schema["pattern"].get<std::string>();
    if (!std::regex_search(text, Compiled(pattern))) {
      return SchemaIssue{
          pointer, fmt::format("{} is not allowed, expected text like {}", Shown(value), pattern)};
    }
  }
  return std::nullopt;
}

Issue Check(const Json& schema, const Json& value, const std::string& pointer);

Issue CheckArray(const Json& schema, const Json& value, const std::string& pointer) {
  if (schema.contains("minItems") && value.size() < schema["minItems"].get<size_t>()) {
    return SchemaIssue{
        pointer,
        fmt::format(
            "has {} entries, expected at least {}", value.size(), schema["minItems"].dump())};
  }
  if (schema.contains("maxItems") && value.size() > schema["maxItems"].get<size_t>()) {
    return SchemaIssue{
        pointer,
        fmt::format(
            "has {} entries, expected at most {}", value.size(), schema["maxItems"].dump())};
  }
  for (size_t i = 0; i < value.size() && schema.contains("items"); ++i) {
    if (auto issue = Check(schema["items"], value[i], fmt::format("{}/{}", pointer, i)))
      return issue;
  }
  if (schema.value("uniqueItems", false)) {
    std::set<Json> seen;
    for (size_t i = 0; i < value.size(); ++i) {
      if (!seen.insert(value[i]).second) {
        return SchemaIssue{fmt::format("{}/{}", pointer, i),
                           fmt::format("{} is given twice", Shown(value[i]))};
      }
    }
  }
  return std::nullopt;
}

Issue CheckObject(const Json& schema, const Json& value, const std::string& pointer) {
  static const Json kNone = Json::object();
  static const Json kAnything = true;
  const auto properties_at = schema.find("properties");
  const Json& properties = properties_at == schema.end() ? kNone : *properties_at;
  const auto additional_at = schema.find("additionalProperties");
  const Json& additional = additional_at == schema.end() ? kAnything : *additional_at;
  std::vector<std::string> known;
  for (const auto& [key, ignored] : properties.items()) known.push_back(key);
  for (const auto& [key, ignored] : value.items()) {
    if (!properties.contains(key) && additional == false) {
      return SchemaIssue{pointer + "/" + PointerSegment(key),
                         "unknown key" + NearestOrAll(key, known)};
    }
  }
  if (schema.contains("required")) {
    for (const Json& key : schema["required"]) {
      if (!value.contains(key.get<std::string>())) {
        return SchemaIssue{pointer, fmt::format("missing key \"{}\"", key.get<std::string>())};
      }
    }
  }
  for (const auto& [key, entry] : value.items()) {
    const std::string below = pointer + "/" + PointerSegment(key);
    const Json& rule = properties.contains(key) ? properties[key] : additional;
    if (rule.is_object()) {
      if (auto issue = Check(rule, entry, below)) return issue;
    }
  }
  return std::nullopt;
}

Issue CheckAnyOf(const Json& branches, const Json& value, const std::string& pointer) {
  std::vector<std::string> types;
  for (const Json& branch : branches) {
    if (FitsType(branch, value)) return Check(branch, value, pointer);
    for (const std::string& type : TypesOf(branch)) types.push_back(type);
  }
  return WrongType(value, types, pointer);
}

void CheckKeywords(const Json& schema) {
  static const std::set<std::string> kKnown = {"type",
                                               "enum",
                                               "const",
                                               "minimum",
                                               "maximum",
                                               "exclusiveMinimum",
                                               "exclusiveMaximum",
                                               "minLength",
                                               "maxLength",
                                               "pattern",
                                               "items",
                                               "minItems",
                                               "maxItems",
                                               "uniqueItems",
                                               "properties",
                                               "required",
                                               "additionalProperties",
                                               "anyOf",
                                               "title",
                                               "description",
                                               "default",
                                               "examples"};
  for (const auto& [key, ignored] : schema.items()) {
    CHAOSENSE_CHECK(kKnown.contains(key), "the schema keyword \"{}\" is not supported", key);
  }
}

Issue Check(const Json& schema, const Json& value, const std::string& pointer) {
  CheckKeywords(schema);
  if (!FitsType(schema, value)) return WrongType(value, TypesOf(schema), pointer);
  if (schema.contains("const")) {
    if (auto issue = CheckEnum(Json::array({schema["const"]}), value, pointer)) return issue;
  }
  if (schema.contains("enum")) {
    if (auto issue = CheckEnum(schema["enum"], value, pointer)) return issue;
  }
  if (schema.contains("anyOf")) {
    if (auto issue = CheckAnyOf(schema["anyOf"], value, pointer)) return issue;
  }
  if (value.is_number()) return CheckNumber(schema, value, pointer);
  if (value.is_string()) return CheckString(schema, value, pointer);
  if (value.is_array()) return CheckArray(schema, value, pointer);
  if (value.is_object()) return CheckObject(schema, value, pointer);
  return std::nullopt;
}

}  // namespace

std::string PointerSegment(const std::string& key) {
  std::string escaped;
  for (const char c : key) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::optional<SchemaIssue> FirstIssue(const Json& schema, const Json& value) {
  return Check(schema, value, "");
}

}  // namespace chaosense
