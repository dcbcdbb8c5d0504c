#include "core/harness/plugin_choices.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"

namespace chaosense {
namespace {

template <typename Plugin>
void CheckOne(const Registry<Plugin>& registry,
              const PluginChoice& choice,
              const std::string& where) {
  ResolveParameters(registry.Info(choice.name, where), choice.parameters, where);
}

// What only the plug-in knows to be wrong: a command, say.
template <typename Plugin>
void TryToCreate(const Registry<Plugin>& registry,
                 const PluginChoice& choice,
                 const std::string& where) {
  try {
    registry.Create(choice.name, choice.parameters, where);
  } catch (const Error& error) {
    throw Error(error.kind(), where + ": " + error.what());
  }
}

template <typename Check>
void CheckEntries(const Config& config, const std::string& key, Check check) {
  if (!config.value.contains(key)) return;
  std::set<std::string> labels;
  for (size_t i = 0; i < config.value[key].size(); ++i) {
    const std::string where = config.WhereWithin(fmt::format("/{}/{}", key, i));
    const PluginChoice choice = ParsePluginChoice(config.value[key][i], where);
    check(choice, where);
    if (!labels.insert(choice.label).second) {
      throw ConfigError("{}: two entries are called \"{}\"; give one of them another \"label\"",
                        where,
                        choice.label);
    }
  }
}

// {"cipher": {...}, "label": ...} as {..., "label": ...}.
Json Unwrapped(const Json& entry) {
  if (!entry.contains("cipher") || !entry["cipher"].is_object()) return entry;
  Json inner = entry["cipher"];
  for (const auto& [key, value] : entry.items()) {
    if (key != "cipher") inner[key] = value;
  }
  return inner;
}

}  // namespace

PluginChoice ParsePluginChoice(const Json& given, const std::string& where) {
  PluginChoice choice;
  if (given.is_string()) {
    choice.name = choice.label = given.get<std::string>();
    return choice;
  }
  const Json entry = Unwrapped(given);
  const bool external = entry.contains("external");
  if (!external && !entry.contains("name"))
    throw ConfigError("{}{}missing key \"name\"", where, where.empty() ? "" : ": ");
  choice.parameters = entry;
  const std::string name = entry.value("name", std::string("external"));
  choice.label = entry.value("label", name);
  choice.name = name;
  if (external) {
    if (!entry["external"].is_object()) {
      throw ConfigError(
          "{}{}external: expected an object with the commands", where, where.empty() ? "" : "/");
    }
    choice.name = "external";
    choice.parameters.erase("external");
    choice.parameters.update(entry["external"]);
  }
  choice.rates = entry.value("rates", std::vector<double>());
  choice.variants = entry.value("variants", std::vector<std::string>());
  choice.ciphers = entry.value("ciphers", std::vector<std::string>());
  for (const char* key : {"name", "label", "rates", "variants", "ciphers"})
    choice.parameters.erase(key);
  return choice;
}

Json PluginChoiceSchema(const std::vector<std::string>& names, PluginKind kind) {
  Json name = {{"type", "string"}};
  if (!names.empty()) name["enum"] = names;
  Json object = {
      {"type", "object"},
      {"description",
       "with parameters of the plug-in as further keys; see `chaosense describe NAME`"},
      {"properties",
       {{"name", name},
        {"label",
         {{"type", "string"},
          {"minLength", 1},
          {"description", "what tables show; default: the name"}}},
        {"rates",
         {{"type", "array"},
          {"items", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}}},
          {"description", "rates of this entry alone"}}},
        {"variants",
         {{"type", "array"},
          {"items", {{"type", "string"}}},
          {"description", "variants of this entry alone"}}},
        {"ciphers",
         {{"type", "array"},
          {"items", {{"type", "string"}}},
          {"minItems", 1},
          {"uniqueItems", true},
          {"description",
           "of a method: ciphers of this entry alone, by label or name; default: all of the "
           "config's"}}}}},
      {"required", {"name"}}};

  const bool cipher = kind == PluginKind::kCipher;
  Json program = object;
  program["description"] = "a program of yours; see `chaosense describe external`";
  program["properties"]["name"] = {{"type", "string"}, {"minLength", 1}};
  program["properties"]["external"] = {
      {"type", "object"},
      {"description",
       cipher ? "the parameters of the cipher `external`: encrypt, decrypt, format, ..."
              : "the parameters of the method `external`: sense, reconstruct, range, ..."}};
  Json wrapped = program;
  wrapped["description"] = "{\"cipher\": {...}} stands for the object in it";
  wrapped["properties"]["cipher"] = {{"type", "object"}};
  if (names.empty()) {
    // Our own check takes the first branch of the type; ParsePluginChoice does the rest.
    wrapped.erase("required");
    return {{"anyOf", {name, cipher ? wrapped : program}}};
  }
  program["required"] = cipher ? Json{"external"} : Json{"name", "external"};
  wrapped["required"] = {"cipher"};
  Json branches = {name, object, program};
  if (cipher) branches.push_back(wrapped);
  return {{"anyOf", branches}};
}

std::vector<PluginChoice> CiphersOf(const PluginChoice& method,
                                    const std::vector<PluginChoice>& common) {
  if (method.ciphers.empty()) return common;
  std::vector<PluginChoice> own;
  for (const std::string& name : method.ciphers) {
    const auto found = std::find_if(
        common.begin(), common.end(), [&](const PluginChoice& c) { return c.label == name; });
    own.push_back(found != common.end() ? *found : ParsePluginChoice(name));
  }
  return own;
}

void CheckPluginChoices(const Config& config, Registries& registries) {
  std::vector<PluginChoice> common_ciphers;
  for (const Json& entry : config.value.value("ciphers", Json::array()))
    common_ciphers.push_back(ParsePluginChoice(entry, config.Where("/ciphers")));
  CheckEntries(config, "methods", [&](const PluginChoice& choice, const std::string& where) {
    registries.NeedMethod(choice.name, where);
    CheckOne(registries.methods, choice, where);
    // Other methods' parameters hold placeholders that the experiment fills in.
    if (choice.name == "external") TryToCreate(registries.methods, choice, where);
    const std::vector<PluginChoice> own = CiphersOf(choice, common_ciphers);
    for (size_t i = 0; i < choice.ciphers.size(); ++i)
      registries.ciphers.Info(own[i].name, fmt::format("{}/ciphers/{}", where, i));
  });
  CheckEntries(config, "ciphers", [&](const PluginChoice& choice, const std::string& where) {
    CheckOne(registries.ciphers, choice, where);
    TryToCreate(registries.ciphers, choice, where);
    if (choice.rates.empty() && choice.variants.empty() && choice.ciphers.empty()) return;
    throw ConfigError("{}: \"rates\", \"variants\" and \"ciphers\" belong to a method's entry",
                      where);
  });
}

}  // namespace chaosense
