#include "experiments/map_choice_family.h"

#include "core/chaos/expression_map.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

// The keys of an entry that are parameters, or those under "parameters".
MapValues ValuesIn(Json entry, const std::string& where) {
  for (const char* key : {"name", "file", "label"}) entry.erase(key);
  if (entry.contains("parameters")) {
    if (entry.size() > 1)
      throw ConfigError("{}: parameters both in place and under \"parameters\"", where);
    entry = Json(entry["parameters"]);
  }
  MapValues values;
  for (const auto& [key, value] : entry.items()) {
    if (!value.is_number())
      throw ConfigError("{}/{}: {} has the wrong type, expected number", where, key, value.dump());
    values[key] = value.get<double>();
  }
  return values;
}

std::string TextAt(const Json& entry, const char* key, const std::string& where) {
  if (!entry[key].is_string())
    throw ConfigError(
        "{}/{}: {} has the wrong type, expected string", where, key, entry[key].dump());
  return entry[key].get<std::string>();
}

fs::path FindFile(const std::string& given, const fs::path& base, const std::string& where) {
  std::error_code error;
  for (const fs::path& candidate : {fs::path(given), base / given}) {
    if (fs::is_regular_file(candidate, error)) return candidate;
  }
  throw ConfigError("{}/file: {}: no such file", where, given);
}

}  // namespace

MapChoice ReadMapChoice(const Json& entry,
                        const MapRegistry& registry,
                        const fs::path& base_folder,
                        const std::string& where) {
  MapChoice choice;
  if (entry.is_string()) {
    choice.name = choice.label = entry.get<std::string>();
    registry.Info(choice.name, where);
    return choice;
  }
  if (!entry.is_object() || entry.contains("name") == entry.contains("file"))
    throw ConfigError("{}: expected a map's name, or an object with either \"name\" or \"file\"",
                      where);
  std::string inside = where;
  if (entry.contains("file")) {
    const fs::path file = FindFile(TextAt(entry, "file", where), base_folder, where);
    choice.definition = ReadJsonFile(file);
    choice.values = ValuesIn(entry, where);
    inside = file.string();
  } else if (entry.contains("state")) {
    choice.definition = entry;
    choice.definition.erase("label");
  } else {
    choice.name = TextAt(entry, "name", where);
    registry.Info(choice.name, where);
    choice.values = ValuesIn(entry, where);
    choice.label = choice.name;
  }
  if (!choice.definition.is_null())
    choice.label = LoadExpressionMap(choice.definition, inside).info.name;
  if (entry.contains("label")) choice.label = TextAt(entry, "label", where);
  try {
    FamilyOf(choice, registry);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", where, error.what()));
  }
  return choice;
}

MapFamily FamilyOf(const MapChoice& choice, const MapRegistry& registry) {
  if (choice.definition.is_null()) return MapFamily(registry, choice.name, choice.values);
  return MapFamily(LoadExpressionMap(choice.definition, choice.label), choice.values);
}

fs::path ProjectFolderOf(const CellContext& context) {
  return context.data->manifest_dir().parent_path();
}

}  // namespace chaosense
