#include "core/harness/sweep.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/harness/config_schema.h"
#include "core/harness/schema_check.h"

namespace chaosense {
namespace {

constexpr size_t kMostPoints = 1'000'000;

struct Axis {
  std::string key;
  std::vector<Json> values;
  std::vector<std::string> texts;
};

// Axes that vary together; one axis alone, unless "zip" joins it to others.
using AxisGroup = std::vector<Axis>;

std::string TextOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string AxisPointer(const std::string& key) { return "/sweep/axes/" + PointerSegment(key); }

std::vector<Axis> ReadAxes(const Config& config, const Json& sweep) {
  std::vector<Axis> axes;
  const Json given = sweep.value("axes", Json::object());
  for (const auto& [key, values] : given.items()) {
    Axis axis{key, values.get<std::vector<Json>>(), {}};
    for (const Json& value : axis.values) {
      axis.texts.push_back(TextOf(value));
      if (std::count(axis.texts.begin(), axis.texts.end(), axis.texts.back()) > 1) {
        throw ConfigError(
            "{}: the value {} is there twice", config.Where(AxisPointer(key)), value.dump());
      }
    }
    axes.push_back(std::move(axis));
  }
  return axes;
}

size_t FindAxis(const std::vector<Axis>& axes, const std::string& key, const std::string& where) {
  for (size_t i = 0; i < axes.size(); ++i) {
    if (axes[i].key == key) return i;
  }
  std::vector<std::string> known;
  for (const Axis& axis : axes) known.push_back(axis.key);
  throw ConfigError(
      "{}: \"{}\" is no axis of the sweep{}", where, key, NearestOrAll(key, known, "axes"));
}

std::vector<AxisGroup> GroupAxes(const Config& config, const Json& sweep) {
  const std::vector<Axis> axes = ReadAxes(config, sweep);
  std::vector<int> group_of(axes.size(), -1);
  const Json zips = sweep.value("zip", Json::array());
  for (size_t z = 0; z < zips.size(); ++z) {
    const std::string where = config.Where(fmt::format("/sweep/zip/{}", z));
    const auto keys = zips[z].get<std::vector<std::string>>();
    for (const std::string& key : keys) {
      const size_t i = FindAxis(axes, key, where);
      if (group_of[i] >= 0) throw ConfigError("{}: \"{}\" is zipped already", where, key);
      group_of[i] = static_cast<int>(z);
      const Axis& first = axes[FindAxis(axes, keys[0], where)];
      if (axes[i].values.size() != first.values.size()) {
        throw ConfigError("{}: {} has {} values and {} has {}; expected equally many",
                          where,
                          first.key,
                          first.values.size(),
                          key,
                          axes[i].values.size());
      }
    }
  }
  std::vector<AxisGroup> groups;
  std::map<int, size_t> place;
  for (size_t i = 0; i < axes.size(); ++i) {
    const bool joins = group_of[i] >= 0 && place.contains(group_of[i]);
    if (!joins) {
      if (group_of[i] >= 0) place[group_of[i]] = groups.size();
      groups.emplace_back();
    }
    groups[joins ? place[group_of[i]] : groups.size() - 1].push_back(axes[i]);
  }
  return groups;
}

struct Assignment {
  const Axis* axis;
  size_t value;
};
using Point = std::vector<Assignment>;

std::vector<Point> AllPoints(const Config& config, const std::vector<AxisGroup>& groups) {
  std::vector<Point> points = {{}};
  for (const AxisGroup& group : groups) {
    std::vector<Point> longer;
    if (points.size() * group[0].values.size() > kMostPoints)
      throw ConfigError("{}: more than {} points", config.Where("/sweep"), kMostPoints);
    for (const Point& point : points) {
      for (size_t v = 0; v < group[0].values.size(); ++v) {
        longer.push_back(point);
        for (const Axis& axis : group) longer.back().push_back({&axis, v});
      }
    }
    points = std::move(longer);
  }
  return points;
}

// Leaves out what "exclude" says. An entry that fits no value of its axis is a mistake.
void Exclude(const Config& config, const Json& sweep, std::vector<Point>& points) {
  const Json rules = sweep.value("exclude", Json::array());
  std::vector<Axis> axes;
  for (const Assignment& part : points[0]) axes.push_back(*part.axis);
  for (size_t i = 0; i < rules.size(); ++i) {
    const std::string where = config.Where(fmt::format("/sweep/exclude/{}", i));
    for (const auto& [key, value] : rules[i].items()) {
      const Axis& axis = axes[FindAxis(axes, key, where)];
      if (std::find(axis.values.begin(), axis.values.end(), value) == axis.values.end()) {
        throw ConfigError("{}: {} is no value of {}; its values: {}",
                          where,
                          value.dump(),
                          key,
                          fmt::join(axis.texts, ", "));
      }
    }
  }
  std::erase_if(points, [&](const Point& point) {
    return std::any_of(rules.begin(), rules.end(), [&](const Json& rule) {
      return std::all_of(point.begin(), point.end(), [&](const Assignment& part) {
        const auto wanted = rule.find(part.axis->key);
        return wanted == rule.end() || *wanted == part.axis->values[part.value];
      });
    });
  });
  if (points.empty())
    throw ConfigError("{}: excludes every point of the sweep", config.Where("/sweep/exclude"));
}

void ApplySeeds(const Json& sweep, Config& config) {
  if (!sweep.contains("seeds")) return;
  Json seeds = sweep["seeds"];
  if (seeds.is_number()) {
    const auto count = seeds.get<uint64_t>();
    seeds = Json::array();
    for (uint64_t seed = 0; seed < count; ++seed) seeds.push_back(seed);
  }
  config.origins["/seeds"] = config.OriginOf("/sweep/seeds");
  config.value["seeds"] = std::move(seeds);
}

class Expander {
 public:
  explicit Expander(const ExperimentRegistry& experiments) : experiments_(experiments) {}

  // `point`: the settings so far.
  void Expand(SweepPoint point) {
    const Json sweep = point.config.value.value("sweep", Json::object());
    const Config original = point.config;  // for places in error messages
    RefuseTwice(original, sweep, point.settings);
    point.config.value.erase("sweep");
    ApplySeeds(sweep, point.config);
    // The sweep of a part has places of its own.
    std::erase_if(point.config.origins,
                  [](const auto& origin) { return (origin.first + "/").starts_with("/sweep/"); });
    const std::vector<AxisGroup> groups = GroupAxes(original, sweep);
    std::vector<Point> points = AllPoints(original, groups);
    Exclude(original, sweep, points);
    for (const Point& assignments : points) {
      SweepPoint one = point;
      for (const auto& [axis, value] : assignments) one.settings[axis->key] = axis->texts[value];
      Named(one, [&] { Assign(original, assignments, one.config); });
      if (one.config.value.contains("parts")) {
        ExpandParts(one);
      } else {
        Finish(std::move(one));
      }
    }
  }

  std::vector<SweepPoint> TakePoints() { return std::move(points_); }

 private:
  template <typename Step>
  static void Named(const SweepPoint& point, Step step) {
    try {
      step();
    } catch (const Error& error) {
      throw point.Located(error);
    }
  }

  // What is swept twice would be swept by the last alone.
  static void RefuseTwice(const Config& config,
                          const Json& sweep,
                          const std::map<std::string, std::string>& around) {
    const Json axes = sweep.value("axes", Json::object());
    if (axes.contains("seeds") && sweep.contains("seeds")) {
      throw ConfigError("{}: /sweep/axes/seeds gives the seeds too; keep one of them",
                        config.Where("/sweep/seeds"));
    }
    for (const auto& [key, ignored] : axes.items()) {
      if (around.contains(key))
        throw ConfigError("{}: the sweep around the parts has this key too; keep one of them",
                          config.Where(AxisPointer(key)));
    }
  }

  void Assign(const Config& original, const Point& assignments, Config& config) {
    const Json& schema = SchemaOf(config);
    for (const auto& [axis, value] : assignments) {
      const std::string pointer = AxisPointer(axis->key);
      SetByPath(axis->key,
                axis->values[value],
                original.OriginOf(pointer),
                original.Where(pointer),
                schema,
                config);
    }
  }

  void ExpandParts(const SweepPoint& point) {
    const Json parts = point.config.value["parts"];
    for (size_t i = 0; i < parts.size(); ++i) {
      SweepPoint part = point;
      part.part = fmt::format("/parts/{}", i);
      part.config.value.erase("parts");
      for (const auto& [key, value] : parts[i].items()) {
        const auto& run_keys = RunKeys();
        if (std::find(run_keys.begin(), run_keys.end(), key) != run_keys.end() || key == "parts") {
          throw ConfigError("{}: belongs to the whole config, not to a part of it",
                            point.config.Where(fmt::format("/parts/{}/{}", i, key)));
        }
        part.config.origins["/" + PointerSegment(key)] =
            fmt::format("{}: /parts/{}", point.config.OriginOf(fmt::format("/parts/{}", i)), i);
      }
      part.config.value.merge_patch(parts[i]);
      Expand(std::move(part));
    }
  }

  void Finish(SweepPoint point) {
    const Json& schema = SchemaOf(point.config);
    Named(point, [&] { CheckConfig(schema, point.config); });
    FillDefaults(schema, point.config);
    points_.push_back(std::move(point));
  }

  const Json& SchemaOf(const Config& config) {
    const Json name =
        config.value.contains("parts") ? Json() : config.value.value("experiment", Json());
    // Neither an experiment nor parts: says what is missing, whatever is remembered.
    if (name.is_null() && !config.value.contains("parts")) ConfigSchema(config, experiments_);
    const auto found = schemas_.find(name);
    if (found != schemas_.end()) return found->second;
    return schemas_[name] = ConfigSchema(config, experiments_);
  }

  const ExperimentRegistry& experiments_;
  std::map<Json, Json> schemas_;  // by experiment; null: parts
  std::vector<SweepPoint> points_;
};

// "1,[2,3],x" at its outer commas.
std::vector<std::string> SplitValues(const std::string& text) {
  std::vector<std::string> values(1);
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
    if (!quoted && (c == '[' || c == '{')) ++depth;
    if (!quoted && (c == ']' || c == '}')) --depth;
    if (c == ',' && depth == 0 && !quoted) {
      values.emplace_back();
    } else {
      values.back() += c;
    }
  }
  return values;
}

}  // namespace

std::string SweepPoint::Name() const {
  std::string name;
  for (const auto& [key, value] : settings)
    name += fmt::format("{}{}={}", name.empty() ? "" : ", ", key, value);
  return name;
}

Error SweepPoint::Located(const Error& error) const {
  if (settings.empty()) return error;
  return Error(error.kind(), fmt::format("{} (at the sweep point {})", error.what(), Name()));
}

Json SweepSchema() {
  const Json path = {{"type", "string"}, {"minLength", 1}};
  return {
      {"type", "object"},
      {"description",
       "settings that take several values: every combination is run, and each is a column "
       "sweep.KEY of cells.csv and an axis of tables"},
      {"properties",
       {{"axes",
         {{"type", "object"},
          {"additionalProperties", {{"type", "array"}, {"minItems", 1}}},
          {"description", "key, as in --set (\"ciphers.paper.rounds\") -> its values"}}},
        {"zip",
         {{"type", "array"},
          {"items", {{"type", "array"}, {"items", path}, {"minItems", 2}, {"uniqueItems", true}}},
          {"description", "axes that vary together"}}},
        {"exclude",
         {{"type", "array"},
          {"items", {{"type", "object"}}},
          {"description", "combinations left out: key -> value, all of which must hold"}}},
        {"seeds",
         {{"anyOf",
           {{{"type", "integer"}, {"minimum", 1}, {"maximum", 1000000}},
            {{"type", "array"},
             {"items", {{"type", "integer"}, {"minimum", 0}}},
             {"minItems", 1},
             {"uniqueItems", true}}}},
          {"description", "in place of the config's seeds: a list, or n for 0 to n-1"}}}}},
      {"additionalProperties", false}};
}

Json PartsSchema() {
  return {{"type", "array"},
          {"items", {{"type", "object"}}},
          {"minItems", 1},
          {"description",
           "several experiments in one run: each entry is laid over the config's other keys, names "
           "an experiment and may have a sweep of its own"}};
}

const std::vector<std::string>& RunKeys() {
  static const std::vector<std::string> keys = {
      "tables", "figures", "panels", "sheets", "published", "kept_results", "aliases", "timeout"};
  return keys;
}

void ApplySweepOption(const std::string& assignment, Config& config) {
  const size_t equals = assignment.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == assignment.size()) {
    throw ConfigError(
        "--sweep {}: expected KEY=VALUE,VALUE,..., for instance --sweep rates=[0.25],[0.1]",
        assignment);
  }
  const std::string key = assignment.substr(0, equals);
  if (const auto origin = config.origins.find(AxisPointer(key));
      origin != config.origins.end() && origin->second == "--sweep") {
    throw ConfigError("--sweep {}: another --sweep has {} too; give all values in one: {}=V1,V2",
                      assignment,
                      key,
                      key);
  }
  Json& sweep = config.value["sweep"];
  if (key == "seeds" && sweep.is_object()) sweep.erase("seeds");
  Json values = Json::array();
  for (const std::string& value : SplitValues(assignment.substr(equals + 1)))
    values.push_back(ParseBareValue(value));
  sweep["axes"][key] = std::move(values);
  config.origins[AxisPointer(key)] = "--sweep";
}

std::vector<SweepPoint> ExpandConfig(const Config& config, const ExperimentRegistry& experiments) {
  SweepPoint all;
  all.config = config;
  for (const std::string& key : RunKeys()) all.config.value.erase(key);
  Expander expander(experiments);
  expander.Expand(std::move(all));
  return expander.TakePoints();
}

}  // namespace chaosense
