#include "core/harness/config_schema.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/harness/plugin_choices.h"
#include "core/harness/sweep.h"
#include "plotting/figure_spec.h"
#include "plotting/panels.h"
#include "plotting/sheet.h"
#include "plotting/table_spec.h"

namespace chaosense {
namespace {

Json Names(const char* description) {
  return {{"type", "array"},
          {"items", {{"type", "string"}, {"minLength", 1}}},
          {"uniqueItems", true},
          {"default", Json::array()},
          {"description", description}};
}

Json KeptResultsSchema() {
  const Json text = {{"type", "string"}};
  const Json some = {{"type", "object"},
                     {"properties", {{"name", text}, {"methods", Names("only these")}}},
                     {"required", {"name"}},
                     {"additionalProperties", false}};
  return {{"type", "array"},
          {"items", {{"anyOf", {text, some}}}},
          {"uniqueItems", true},
          {"default", Json::array()},
          {"description",
           "folders of results/ whose measured rows stand in the tables too: slow results that "
           "another config made; {\"name\": ..., \"methods\": [...]}: only those methods"}};
}

Json Choices(const std::vector<std::string>& names, const char* description, PluginKind kind) {
  return {{"type", "array"},
          {"items", PluginChoiceSchema(names, kind)},
          {"default", Json::array()},
          {"description", description}};
}

Json CommonKeys(const std::vector<std::string>& methods, const std::vector<std::string>& ciphers) {
  return {
      // The name becomes a folder: no separators, no "..".
      {"name",
       {{"type", "string"},
        {"minLength", 1},
        {"maxLength", 100},
        {"pattern", "^[A-Za-z0-9_][A-Za-z0-9_.-]*$"},
        {"description",
         "names the run folder and the experiment column; default: the file's stem"}}},
      {"experiment",
       {{"type", "string"}, {"description", "what is run; see `chaosense list experiments`"}}},
      {"description", {{"type", "string"}, {"description", "for people"}}},
      {"datasets", Names("image sets; see `chaosense list datasets`")},
      {"images", Names("only these images of the sets; empty: all")},
      {"rates",
       {{"type", "array"},
        {"items", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}}},
        {"uniqueItems", true},
        {"default", Json::array()},
        {"description", "sampling rates"}}},
      {"methods",
       Choices(methods,
               "compression and reconstruction; see `chaosense list methods`",
               PluginKind::kMethod)},
      {"ciphers",
       Choices(ciphers,
               "encryption of the compressed image; see `chaosense list ciphers`",
               PluginKind::kCipher)},
      {"seeds",
       {{"type", "array"},
        {"items", {{"type", "integer"}, {"minimum", 0}}},
        {"minItems", 1},
        {"uniqueItems", true},
        {"default", {0}},
        {"description", "one repetition each"}}},
      {"sweep", SweepSchema()},
      {"parts", PartsSchema()},
      {"timeout",
       {{"type", "number"},
        {"exclusiveMinimum", 0},
        {"maximum", 1e7},
        {"description",
         "seconds after which a cell is ended and counts as failed; cells are run in worker "
         "processes then"}}},
      {"fit_datasets", Names("image sets for methods fitted in closed form; never a test set")},
      {"tables",
       {{"type", "array"},
        {"items", TableSpecSchema()},
        {"default", Json::array()},
        {"description", "tables made of the results"}}},
      {"figures",
       {{"type", "array"},
        {"items", FigureSpecSchema()},
        {"default", Json::array()},
        {"description", "curves made of the results; drawn where gnuplot is installed"}}},
      {"panels",
       {{"type", "array"},
        {"items", PanelSpecSchema()},
        {"default", Json::array()},
        {"description", "figures of many panels made of the cells' data files"}}},
      {"sheets",
       {{"type", "array"},
        {"items", SheetSpecSchema()},
        {"default", Json::array()},
        {"description", "the cells' pictures side by side, as one PNG"}}},
      {"published",
       Names("files of configs/published/ with values to print beside ours, without .json")},
      {"kept_results", KeptResultsSchema()},
      {"aliases",
       {{"type", "object"},
        {"additionalProperties", {{"type", "string"}}},
        {"default", Json::object()},
        {"description",
         "our label: the published name, where a method or cipher is called otherwise there"}}}};
}

Json ExtendsKey() {
  return {{"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}},
          {"description",
           "files to start from, relative to this one, merged left to right (RFC 7386)"}};
}

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, ignored] : object.items()) keys.push_back(key);
  return keys;
}

// The schema of the plug-in that the value of `key` names.
template <typename Plugin>
Json SchemaByName(const Config& config,
                  const char* key,
                  const Registry<Plugin>& registry,
                  Json (*schema_of)(const PluginInfo&)) {
  const std::string pointer = std::string("/") + key;
  if (!config.value.contains(key)) {
    throw ConfigError("{}: missing key \"{}\"; known {}s: {}",
                      config.file.string(),
                      key,
                      key,
                      JoinNames(registry.Names()));
  }
  const Json& name = config.value[key];
  if (!name.is_string()) {
    throw ConfigError(
        "{}: {} has the wrong type, expected string", config.Where(pointer), name.dump());
  }
  return schema_of(registry.Info(name.get<std::string>(), config.Where(pointer)));
}

}  // namespace

Json CommonConfigKeys() { return CommonKeys({}, {}); }

Json ExperimentSchema(const PluginInfo& experiment) {
  Json properties = CommonConfigKeys();
  properties.update(experiment.parameters);
  properties["experiment"]["const"] = experiment.name;
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", {"experiment"}},
          {"additionalProperties", false}};
}

Json PublishedSchema(const ExperimentRegistry& experiments,
                     const std::vector<std::string>& methods,
                     const std::vector<std::string>& ciphers) {
  Json common = CommonKeys(methods, ciphers);
  common["experiment"]["enum"] = experiments.Names();
  common["parts"]["items"] = {{"$ref", "#"}};
  common["extends"] = ExtendsKey();
  common["$schema"] = {{"type", "string"}};
  // A key that an experiment declares is described by the rule of the experiment at hand, not at
  // the top.
  Json properties = common;
  for (const std::string& name : experiments.Names()) {
    for (const auto& [key, rule] : experiments.Info(name).parameters.items())
      properties[key] = Json::object();
  }
  Json rules = Json::array();
  for (const std::string& name : experiments.Names()) {
    Json allowed = common;
    allowed.update(experiments.Info(name).parameters);
    Json described = Json::object();
    for (const auto& [key, rule] : allowed.items()) {
      if (properties[key].empty()) described[key] = rule;
    }
    rules.push_back(
        {{"if",
          {{"properties", {{"experiment", {{"const", name}}}}}, {"required", {"experiment"}}}},
         {"then",
          {{"properties", std::move(described)}, {"propertyNames", {{"enum", Keys(allowed)}}}}}});
  }
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "Chaosense experiment config"},
                 {"description",
                  "Made by `chaosense schema`; JSON with comments; one file before \"extends\"."},
                 {"type", "object"},
                 {"properties", std::move(properties)},
                 {"additionalProperties", false}};
  if (!rules.empty()) schema["allOf"] = std::move(rules);
  return schema;
}

Json TrainerSchema(const PluginInfo& trainer) {
  const Json common = CommonConfigKeys();
  Json properties = trainer.parameters;
  for (const char* key : {"name", "description"}) properties[key] = common[key];
  properties["trainer"] = {{"type", "string"}, {"const", trainer.name}};
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", {"trainer"}},
          {"additionalProperties", false}};
}

Json PartedSchema() {
  Json properties = CommonConfigKeys();
  properties.erase("experiment");
  // An inherited key is checked with its part, whose experiment may have a rule of its own.
  const std::vector<std::string>& run_keys = RunKeys();
  for (auto& [key, rule] : properties.items()) {
    const bool own = key == "name" || key == "description" || key == "sweep" || key == "parts" ||
                     std::find(run_keys.begin(), run_keys.end(), key) != run_keys.end();
    if (!own) rule.erase("default");
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", {"parts"}}};
}

Json ConfigSchema(const Config& config, const ExperimentRegistry& experiments) {
  if (config.value.contains("parts")) {
    if (config.value.contains("experiment")) {
      throw ConfigError("{}: a config with \"parts\" names its experiments in them",
                        config.Where("/experiment"));
    }
    return PartedSchema();
  }
  return SchemaByName(config, "experiment", experiments, ExperimentSchema);
}

Config LoadExperimentConfig(const std::filesystem::path& file,
                            const std::vector<std::string>& overrides,
                            const ExperimentRegistry& experiments,
                            const std::vector<std::string>& sweeps) {
  Config config = ReadConfig(file);
  // An override may change the experiment, and so the schema.
  for (const std::string& assignment : overrides)
    ApplyOverride(assignment, ConfigSchema(config, experiments), config);
  for (const std::string& assignment : sweeps) ApplySweepOption(assignment, config);
  const Json schema = ConfigSchema(config, experiments);
  CheckConfig(schema, config);
  FillDefaults(schema, config);
  return config;
}

Config LoadTrainerConfig(const std::filesystem::path& file,
                         const std::vector<std::string>& overrides,
                         const TrainerRegistry& trainers) {
  Config config = ReadConfig(file);
  const auto schema = [&] { return SchemaByName(config, "trainer", trainers, TrainerSchema); };
  for (const std::string& assignment : overrides) ApplyOverride(assignment, schema(), config);
  CheckConfig(schema(), config);
  FillDefaults(schema(), config);
  return config;
}

}  // namespace chaosense
