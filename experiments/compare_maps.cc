// The experiment "compare_maps": every measure of a map (map_study.h), for many maps and seeds.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "core/base/log.h"
#include "experiments/map_choice_family.h"
#include "experiments/map_figures.h"
#include "experiments/map_study.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

class CompareMaps : public Experiment {
 public:
  explicit CompareMaps(Json settings) : settings_(std::move(settings)) {}

  std::vector<Cell> Expand(const Json& config, const CellContext& context) const override;
  CellResult Run(const Cell& cell, const CellContext& context) const override;
  std::string Summary(const std::vector<FinishedCell>& cells) const override;

 private:
  Json settings_;
};

// One row of the comparison: a map's definition, or a yardstick.
struct Row {
  std::string label;
  Json subject;  // what a cell's description says of it
  bool yardstick = false;
  bool figures = false;
};

Json DescribeMap(const MapChoice& choice, const CellContext& context) {
  Json description = {{"parameters", Json(choice.values)}};
  if (choice.definition.is_null()) {
    description["map"] = choice.name;
    description["revision"] = context.maps->Info(choice.name).revision;
  } else {
    description["definition"] = choice.definition;
  }
  return description;
}

// Settings that belong to none of the chosen groups change nothing and stay out of the identity.
Json SettingsOf(const Json& settings, const std::vector<std::string>& groups) {
  Json own = Json::object();
  const Json rules = MapSettings();
  for (const auto& [key, rule] : rules.items()) {
    const std::string text = rule.at("description").get<std::string>();
    const std::string owners = text.substr(0, text.find(':'));
    const bool used = std::any_of(groups.begin(), groups.end(), [&](const std::string& group) {
      return (", " + owners + ",").find(", " + group + ",") != std::string::npos;
    });
    if (used) own[key] = settings.at(key);
  }
  return own;
}

std::vector<Row> RowsOf(const Json& settings, const CellContext& context) {
  std::vector<Row> rows;
  std::set<std::string> labels;
  const auto drawn = settings.at("draw").get<std::vector<std::string>>();
  const auto add = [&](const Json& entry, const std::string& where) {
    const MapChoice choice = ReadMapChoice(entry, *context.maps, ProjectFolderOf(context), where);
    if (!labels.insert(choice.label).second) {
      if (entry.is_string()) return;  // "*" brings it already
      throw ConfigError("{}: two maps are called \"{}\"; give one of them another \"label\"",
                        where,
                        choice.label);
    }
    const bool is_new = !choice.definition.is_null();
    const bool draw = std::find(drawn.begin(), drawn.end(), choice.label) != drawn.end() ||
                      (is_new && std::find(drawn.begin(), drawn.end(), "*new") != drawn.end());
    rows.push_back({choice.label, DescribeMap(choice, context), false, draw});
  };
  const Json& maps = settings.at("maps");
  for (size_t i = 0; i < maps.size(); ++i) {
    const std::string where = fmt::format("/maps/{}", i);
    if (maps[i] != "*") {
      add(maps[i], where);
      continue;
    }
    for (const std::string& name : context.maps->Names()) add(name, where);
  }
  for (size_t i = 0; i < settings.at("yardsticks").size(); ++i) {
    const auto name = settings["yardsticks"][i].get<std::string>();
    YardstickSubject(name, fmt::format("/yardsticks/{}", i));
    rows.push_back({name, {{"yardstick", name}}, true, false});
  }
  return rows;
}

std::vector<Cell> CompareMaps::Expand(const Json& config, const CellContext& context) const {
  const auto seeds = config.at("seeds").get<std::vector<uint64_t>>();
  std::vector<Cell> cells;
  const auto each = settings_.at("measure").get<std::vector<std::string>>();
  const auto once = settings_.at("measure_once").get<std::vector<std::string>>();
  for (const Row& row : RowsOf(settings_, context)) {
    for (const uint64_t seed : seeds) {
      const bool first = seed == seeds.front();
      std::vector<std::string> own;
      for (const MapGroup& group : MapGroups()) {
        const auto in = [&group](const std::vector<std::string>& names) {
          return std::find(names.begin(), names.end(), group.name) != names.end();
        };
        const bool wanted = in(each) || (first && in(once));
        if (wanted && (!row.yardstick || group.for_yardsticks)) own.push_back(group.name);
      }
      const bool figures = first && row.figures;
      if (own.empty() && !figures) continue;
      Cell cell;
      cell.axes.experiment = config.at("name").get<std::string>();
      cell.axes.map = row.label;
      cell.axes.seed = seed;
      cell.description = {{"subject", row.subject},
                          {"groups", own},
                          {"figures", figures},
                          {"seed", seed},
                          {"settings", SettingsOf(settings_, own)}};
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

// A label may hold anything, a file's name may not.
std::string FilePrefix(std::string label) {
  std::replace_if(
      label.begin(),
      label.end(),
      [](unsigned char c) { return std::isalnum(c) == 0 && c != '_' && c != '-'; },
      '_');
  return label;
}

MapSubject SubjectOf(const Cell& cell, const CellContext& context) {
  const Json& subject = cell.description.at("subject");
  if (subject.contains("yardstick"))
    return YardstickSubject(subject["yardstick"].get<std::string>(), cell.axes.map);
  MapChoice choice;
  choice.label = cell.axes.map;
  choice.name = subject.value("map", "");
  choice.definition = subject.value("definition", Json());
  choice.values = subject.at("parameters").get<MapValues>();
  return {choice.label, FamilyOf(choice, *context.maps), std::nullopt};
}

CellResult CompareMaps::Run(const Cell& cell, const CellContext& context) const {
  const MapSubject subject = SubjectOf(cell, context);
  // Defaults for what the description leaves out; no chosen group reads them.
  Json settings = settings_;
  settings.update(cell.description.at("settings"));
  const MapMeasureContext measure{settings, context, cell.axes.seed, context.threads};
  CellResult result;
  Json problems = Json::array();
  for (MapGroupResult& group : MeasureMap(
           subject, cell.description.at("groups").get<std::vector<std::string>>(), measure)) {
    for (Measurement& value : group.values) {
      value.image = "*mean";
      result.values.push_back(std::move(value));
    }
    if (!group.problem.empty()) problems.push_back(group.group + ": " + group.problem);
  }
  for (const Json& problem : problems)
    LogWarning("{}: {}", cell.axes.map, problem.get<std::string>());
  if (result.values.empty() && !problems.empty())
    throw RunError("{}", problems[0].get<std::string>());
  if (!problems.empty()) result.notes["problems"] = std::move(problems);
  if (cell.description.at("figures").get<bool>() && subject.family) {
    const MapFamily& family = *subject.family;
    const std::string prefix = FilePrefix(subject.label);
    std::vector<Drawing> drawings = {PortraitDrawing(family, prefix, cell.axes.seed),
                                     DensityDrawing(family, prefix, cell.axes.seed),
                                     SensitivityDrawing(family, prefix, cell.axes.seed)};
    if (!family.FreeParameters().empty()) {
      const SweepRange range = DefaultSweep(family, 600);
      drawings.push_back(
          BifurcationDrawing(family, range, prefix, cell.axes.seed, context.threads));
      drawings.push_back(ExponentsDrawing(family, range, prefix, cell.axes.seed, context.threads));
    }
    std::filesystem::create_directories(context.folder);
    for (const std::string& name : WriteDrawings(drawings, context.folder))
      result.files.push_back(name);
  }
  return result;
}

// What the tables print as not measured, and why.
std::string CompareMaps::Summary(const std::vector<FinishedCell>& cells) const {
  std::string text;
  for (const FinishedCell& finished : cells) {
    for (const Json& problem : finished.result.notes.value("problems", Json::array())) {
      text += fmt::format("- {}, seed {}: {}\n",
                          finished.cell.axes.map,
                          finished.cell.axes.seed,
                          problem.get<std::string>());
    }
  }
  return text.empty() ? "" : "# Not measured, and why\n\n" + text;
}

Json Groups(const std::vector<std::string>& fallback, const char* description) {
  std::vector<std::string> names;
  for (const MapGroup& group : MapGroups()) names.push_back(group.name);
  return {{"type", "array"},
          {"items", {{"type", "string"}, {"enum", names}}},
          {"uniqueItems", true},
          {"default", fallback},
          {"description", description}};
}

}  // namespace

void RegisterCompareMaps(ExperimentRegistry& registry) {
  PluginInfo info;
  info.name = "compare_maps";
  info.summary = "chaotic maps beside each other and beside AES and ChaCha20: chaos, keys, streams";
  info.description =
      "One cell for every map and seed. A map is a name, {\"name\": ..., parameters}, {\"file\": "
      "\"my_map.json\"} or an expression map "
      "written "
      "out; \"*\" stands for the whole catalogue. Groups of measures:";
  for (const MapGroup& group : MapGroups())
    info.description += fmt::format("\n  {}: {}", group.name, group.summary);
  std::vector<std::string> each;
  std::vector<std::string> once;
  for (const MapGroup& group : MapGroups()) (group.per_seed ? each : once).push_back(group.name);
  info.parameters = MapSettings();
  info.parameters["maps"] = {
      {"type", "array"},
      {"minItems", 1},
      {"items", {{"anyOf", {{{"type", "string"}, {"minLength", 1}}, {{"type", "object"}}}}}},
      {"default", {"*"}},
      {"description", "maps; see `chaosense list maps`"}};
  info.parameters["yardsticks"] = {
      {"type", "array"},
      {"items", {{"type", "string"}, {"enum", {"aes256_ctr", "chacha20"}}}},
      {"uniqueItems", true},
      {"default", {"aes256_ctr", "chacha20"}},
      {"description", "standard ciphers that stand among the maps"}};
  info.parameters["measure"] = Groups(each, "groups of measures, for each seed");
  info.parameters["measure_once"] = Groups(once, "groups of measures, for the first seed alone");
  info.parameters["draw"] = {
      {"type", "array"},
      {"items", {{"type", "string"}}},
      {"default", {"*new"}},
      {"description", "maps to draw, by label; \"*new\": all that are not of the catalogue"}};
  registry.Register(std::move(info),
                    [](const Json& settings) { return std::make_unique<CompareMaps>(settings); });
}

}  // namespace chaosense
