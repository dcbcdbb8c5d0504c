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

template <typename Check>
void CheckEntries(const Config& config, const std::string& key, Check check) {
  if (!config.value.contains(key)) return;
  std::set<std::string> labels;
  for (size_t i = 0; i < config.value[key].size(); ++i) {
    const std::string where = config.Where(fmt::format("/{}/{}", key, i));
    const PluginChoice choice = ParsePluginChoice(config.value[key][i]);
    check(choice, where);
    if (!labels.insert(choice.label).second) {
      throw ConfigError("{}: two entries are called \"{}\"; give one of them another \"label\"",
                        where,
                        choice.label);
    }
  }
}

}  // namespace

PluginChoice ParsePluginChoice(const Json& entry) {
  PluginChoice choice;
  if (entry.is_string()) {
    choice.name = choice.label = entry.get<std::string>();
    return choice;
  }
  choice.parameters = entry;
  choice.name = entry.at("name").get<std::string>();
  choice.label = entry.value("label", choice.name);
  choice.rates = entry.value("rates", std::vector<double>());
  choice.variants = entry.value("variants", std::vector<std::string>());
  choice.ciphers = entry.value("ciphers", std::vector<std::string>());
  for (const char* key : {"name", "label", "rates", "variants", "ciphers"})
    choice.parameters.erase(key);
  return choice;
}

Json PluginChoiceSchema(const std::vector<std::string>& names) {
  Json name = {{"type", "string"}};
  if (!names.empty()) name["enum"] = names;
  const Json object = {
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
  return {{"anyOf", {name, object}}};
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
    common_ciphers.push_back(ParsePluginChoice(entry));
  CheckEntries(config, "methods", [&](const PluginChoice& choice, const std::string& where) {
    registries.NeedMethod(choice.name, where);
    CheckOne(registries.methods, choice, where);
    const std::vector<PluginChoice> own = CiphersOf(choice, common_ciphers);
    for (size_t i = 0; i < choice.ciphers.size(); ++i)
      registries.ciphers.Info(own[i].name, fmt::format("{}/ciphers/{}", where, i));
  });
  CheckEntries(config, "ciphers", [&](const PluginChoice& choice, const std::string& where) {
    CheckOne(registries.ciphers, choice, where);
    if (choice.rates.empty() && choice.variants.empty() && choice.ciphers.empty()) return;
    throw ConfigError("{}: \"rates\", \"variants\" and \"ciphers\" belong to a method's entry",
                      where);
  });
}

}  // namespace chaosense
