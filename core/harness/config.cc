#include "core/harness/config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/suggest.h"
#include "core/harness/schema_check.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

constexpr size_t kDeepestChain = 16;
constexpr int kMostFiles = 64;
constexpr int kDeepestNesting = 64;

// nlohmann keeps the last of two equal keys, which hides a mistake; and what follows recurses over
// the value.
void RefuseRepeatedKeysAndDepth(const fs::path& file, const std::string& text) {
  std::vector<std::set<std::string>> open;
  const auto callback = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kDeepestNesting)
      throw ConfigError("{}: nested more than {} levels deep", file.string(), kDeepestNesting);
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key &&
        !open.back().insert(parsed.get<std::string>()).second) {
      throw ConfigError(
          "{}: the key {} is written twice in one object", file.string(), parsed.dump());
    }
    return true;
  };
  [[maybe_unused]] const Json parsed_again =
      Json::parse(text, callback, true, /*ignore_comments=*/true);
}

Json ReadObject(const fs::path& file) {
  Json value = ReadJsonFile(file);
  if (!value.is_object()) throw ConfigError("{}: expected a JSON object", file.string());
  RefuseRepeatedKeysAndDepth(file, ReadTextFile(file));
  return value;
}

void ForgetBelow(const std::string& pointer, Config& config) {
  const std::string prefix = pointer + "/";
  for (auto it = config.origins.lower_bound(prefix);
       it != config.origins.end() && it->first.starts_with(prefix);) {
    it = config.origins.erase(it);
  }
}

// RFC 7386, noting where each value comes from.
void Merge(const Json& patch,
           const std::string& from,
           const std::string& pointer,
           Config& config,
           Json& target) {
  if (!target.is_object()) target = Json::object();
  for (const auto& [key, value] : patch.items()) {
    const std::string below = pointer + "/" + PointerSegment(key);
    if (value.is_null()) {
      target.erase(key);
      ForgetBelow(below, config);
      config.origins.erase(below);
    } else if (value.is_object()) {
      if (!target.contains(key) || !target[key].is_object()) ForgetBelow(below, config);
      config.origins.try_emplace(below, from);
      Merge(value, from, below, config, target[key]);
    } else {
      ForgetBelow(below, config);
      config.origins[below] = from;
      target[key] = value;
    }
  }
}

class Reader {
 public:
  explicit Reader(Config& config) : config_(config) {}

  void Read(const fs::path& file) {
    const fs::path real = fs::weakly_canonical(file);
    for (const auto& [path, shown] : chain_) {
      if (path == real)
        throw ConfigError(
            "{}: /extends: the config extends itself: {}", file.string(), Chain(file));
    }
    if (chain_.size() >= kDeepestChain) {
      throw ConfigError(
          "{}: /extends: more than {} levels: {}", file.string(), kDeepestChain, Chain(file));
    }
    if (++files_ > kMostFiles)
      throw ConfigError("{}: /extends: more than {} files", file.string(), kMostFiles);
    Json value = ReadObject(file);
    chain_.emplace_back(real, file.string());
    for (const std::string& base : Bases(file, value)) ReadBase(file, base);
    chain_.pop_back();
    value.erase("extends");
    value.erase("$schema");                    // for editors
    if (!chain_.empty()) value.erase("name");  // a base's name is its own
    Merge(value, file.string(), "", config_, config_.value);
  }

 private:
  void ReadBase(const fs::path& file, const std::string& base) {
    const fs::path path = (file.parent_path() / base).lexically_normal();
    if (!fs::is_regular_file(path)) {
      throw ConfigError("{}: /extends: {}: no such file", file.string(), path.string());
    }
    Read(path);
  }

  static std::vector<std::string> Bases(const fs::path& file, const Json& value) {
    if (!value.contains("extends")) return {};
    const Json& extends = value["extends"];
    if (extends.is_string()) return {extends.get<std::string>()};
    std::vector<std::string> bases;
    if (extends.is_array()) {
      for (const Json& base : extends) {
        if (base.is_string()) bases.push_back(base.get<std::string>());
      }
      if (bases.size() == extends.size()) return bases;
    }
    throw ConfigError("{}: /extends: expected a file name or an array of file names",
                      file.string());
  }

  std::string Chain(const fs::path& last) const {
    std::string text;
    for (const auto& [path, shown] : chain_) text += shown + " -> ";
    return text + last.string();
  }

  Config& config_;
  std::vector<std::pair<fs::path, std::string>> chain_;
  int files_ = 0;
};

std::optional<size_t> ParseIndex(const std::string& text) {
  size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return index;
}

// The schema of one part of a path: a property, an array's items, or nothing known ({}).
const Json& SchemaBelow(const Json& schema, const std::string& part) {
  static const Json unknown = Json::object();
  if (schema.contains("properties") && schema["properties"].contains(part))
    return schema["properties"][part];
  if (schema.contains("items") && ParseIndex(part)) return schema["items"];
  if (schema.contains("anyOf")) {
    for (const Json& branch : schema["anyOf"]) {
      if (const Json& below = SchemaBelow(branch, part); !below.empty()) return below;
    }
  }
  return unknown;
}

std::vector<std::string> KeysAt(const Json& schema, const Json& value) {
  std::set<std::string> keys;
  if (value.is_object()) {
    for (const auto& [key, ignored] : value.items()) keys.insert(key);
  }
  if (schema.contains("properties")) {
    for (const auto& [key, ignored] : schema["properties"].items()) keys.insert(key);
  }
  if (schema.contains("anyOf")) {
    for (const Json& branch : schema["anyOf"]) {
      for (const std::string& key : KeysAt(branch, Json())) keys.insert(key);
    }
  }
  return {keys.begin(), keys.end()};
}

// Whether an object there may have keys that the schema does not name.
bool AllowsAnyKey(const Json& schema) {
  if (schema.contains("anyOf")) {
    return std::any_of(schema["anyOf"].begin(), schema["anyOf"].end(), AllowsAnyKey);
  }
  return schema.value("type", Json()) == "object" &&
         schema.value("additionalProperties", Json()) != false;
}

// An entry that may be a name or an object, as an object.
void OpenEntry(const Json& schema, Json& entry) {
  if (entry.is_object()) return;
  const bool is_name = entry.is_string() && schema.contains("anyOf");
  entry = is_name ? Json{{"name", entry}} : Json::object();
}

constexpr std::array<const char*, 3> kEntryNames = {"label", "name", "id"};

std::optional<size_t> FindEntry(const Json& array, const std::string& part) {
  if (const std::optional<size_t> index = ParseIndex(part)) {
    if (*index < array.size()) return index;
    return std::nullopt;
  }
  for (const char* key : kEntryNames) {
    for (size_t i = 0; i < array.size(); ++i) {
      if (array[i] == part || (array[i].is_object() && array[i].value(key, Json()) == part))
        return i;
    }
  }
  return std::nullopt;
}

// The first part of a path below `value`: up to the first dot, but the longest name of an entry of
// an array that the path begins with, as labels may hold dots.
std::string FirstPart(const Json& value, const std::string& path) {
  std::string part = path.substr(0, path.find('.'));
  if (!value.is_array()) return part;
  const auto consider = [&](const Json& name) {
    if (!name.is_string()) return;
    const auto& text = name.get_ref<const std::string&>();
    const bool begins =
        path.starts_with(text) && (path.size() == text.size() || path[text.size()] == '.');
    if (begins && text.size() > part.size()) part = text;
  };
  for (const Json& entry : value) {
    consider(entry);
    if (!entry.is_object()) continue;
    for (const char* key : kEntryNames) consider(entry.value(key, Json()));
  }
  return part;
}

}  // namespace

std::string Config::OriginOf(const std::string& pointer) const {
  for (std::string prefix = pointer; !prefix.empty(); prefix.resize(prefix.rfind('/'))) {
    if (const auto found = origins.find(prefix); found != origins.end()) return found->second;
  }
  return file.string();
}

std::string Config::Where(const std::string& pointer) const {
  return pointer.empty() ? file.string() : OriginOf(pointer) + ": " + pointer;
}

Error WithFile(const Error& error, const Config& config) {
  const std::string message = error.what();
  const std::string pointer = message.substr(0, message.find(": "));
  const size_t end = pointer.find('/', 1);
  const bool is_pointer =
      pointer.size() > 1 && pointer[0] == '/' &&
      config.value.contains(pointer.substr(1, end == std::string::npos ? end : end - 1));
  if (!is_pointer || error.kind() != ErrorKind::kConfig) return error;
  return Error(error.kind(), config.WhereWithin(pointer) + message.substr(pointer.size()));
}

std::string Config::WhereWithin(const std::string& pointer) const {
  const std::string origin = OriginOf(pointer), prefix = pointer + "/";
  std::set<std::string> others;
  for (auto it = origins.lower_bound(prefix); it != origins.end() && it->first.starts_with(prefix);
       ++it) {
    if (it->second != origin) others.insert(it->second);
  }
  std::string text = origin;
  for (const std::string& other : others) text += ", " + other;
  return text + ": " + pointer;
}

Config ReadConfig(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) throw ConfigError("{}: no such config file", file.string());
  Config config;
  config.file = file;
  Reader(config).Read(file);
  if (!config.value.contains("name")) config.value["name"] = file.stem().string();
  return config;
}

void SetByPath(const std::string& path,
               const Json& value,
               const std::string& origin,
               const std::string& what,
               const Json& schema,
               Config& config) {
  Json* target = &config.value;
  const Json* rule = &schema;
  std::string pointer;
  std::optional<std::string> rest = path;
  while (rest) {
    std::string part = FirstPart(*target, *rest);
    rest = part.size() < rest->size() ? std::optional(rest->substr(part.size() + 1)) : std::nullopt;
    if (target->is_array()) {
      const std::optional<size_t> index = FindEntry(*target, part);
      if (!index) {
        throw ConfigError(
            "{}: \"{}\" is no entry of {}, which has {}", what, part, pointer, target->size());
      }
      part = std::to_string(*index);
      target = &(*target)[*index];
    } else {
      const bool is_known = (target->is_object() && target->contains(part)) ||
                            !SchemaBelow(*rule, part).empty() || AllowsAnyKey(*rule);
      const std::vector<std::string> known =
          is_known ? std::vector<std::string>() : KeysAt(*rule, *target);
      if (!is_known && std::find(known.begin(), known.end(), part) == known.end()) {
        throw ConfigError("{}: unknown key \"{}\"{}", what, part, NearestOrAll(part, known));
      }
      OpenEntry(*rule, *target);
      target = &(*target)[part];
    }
    rule = &SchemaBelow(*rule, part);
    pointer += "/" + PointerSegment(part);
  }
  ForgetBelow(pointer, config);
  config.origins[pointer] = origin;
  if (!value.is_null()) {
    *target = value;
    return;
  }
  const Json::json_pointer at(pointer);
  Json& parent = config.value[at.parent_pointer()];
  if (parent.is_object()) {
    parent.erase(at.back());
  } else {
    parent.erase(*ParseIndex(at.back()));
  }
}

Json ParseBareValue(const std::string& text) {
  Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return value.is_discarded() ? Json(text) : value;
}

void ApplyOverride(const std::string& assignment, const Json& schema, Config& config) {
  const size_t equals = assignment.find('=');
  if (equals == 0 || equals == std::string::npos) {
    throw ConfigError("--set {}: expected KEY=VALUE, for instance --set rates=[0.25]", assignment);
  }
  SetByPath(assignment.substr(0, equals),
            ParseBareValue(assignment.substr(equals + 1)),
            "--set",
            "--set " + assignment,
            schema,
            config);
}

void CheckConfig(const Json& schema, const Config& config) {
  if (const auto issue = FirstIssue(schema, config.value)) {
    throw ConfigError("{}: {}", config.Where(issue->pointer), issue->message);
  }
}

void FillDefaults(const Json& schema, Config& config) {
  for (const auto& [key, rule] : schema["properties"].items()) {
    if (rule.contains("default") && !config.value.contains(key))
      config.value[key] = rule["default"];
  }
}

}  // namespace chaosense
