// `chaosense map`: everything that can be said of one map, as a table and figures.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "core/analysis/sweep.h"
#include "core/analysis/weakness.h"
#include "core/base/suggest.h"
#include "core/metrics/metric.h"
#include "experiments/cli/command.h"
#include "experiments/map_choice_family.h"
#include "experiments/map_figures.h"
#include "experiments/map_study.h"
#include "plotting/rows.h"
#include "plotting/table_style.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

// What --analyse may name: groups of measures, figures, and the search for weaknesses.
std::vector<std::string> Analyses() {
  std::vector<std::string> names = {"bifurcation", "portrait", "weaknesses"};
  for (const MapGroup& group : MapGroups()) names.push_back(group.name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> WantedOf(const std::string& text) {
  const std::vector<std::string> known = Analyses();
  if (text == "all") return known;
  std::vector<std::string> wanted;
  std::istringstream in(text);
  for (std::string name; std::getline(in, name, ',');) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      throw ConfigError(
          "--analyse: unknown analysis \"{}\"{}; or all", name, NearestAndAll(name, known));
    }
    wanted.push_back(name);
  }
  if (wanted.empty())
    throw ConfigError("--analyse: is empty, expected all or some of {}", JoinNames(known));
  return wanted;
}

// A map's name or file with the values of --set.
MapChoice ChoiceOf(const std::string& given,
                   const std::vector<std::string>& assignments,
                   const Registries& registries) {
  std::error_code error;
  const bool is_file = given.ends_with(".json") || fs::is_regular_file(given, error);
  Json entry = {{is_file ? "file" : "name", given}};
  for (const std::string& assignment : assignments) {
    const size_t equals = assignment.find('=');
    const auto value =
        equals == std::string::npos ? std::nullopt : ParseNumber(assignment.substr(equals + 1));
    if (!value || equals == 0)
      throw ConfigError("--set: \"{}\", expected PARAMETER=NUMBER", assignment);
    entry["parameters"][assignment.substr(0, equals)] = *value;
  }
  return ReadMapChoice(entry, registries.maps, ProjectFolder(), "map");
}

std::string Describe(const MapFamily& family) {
  const MapInfo& info = family.info();
  std::string text = fmt::format("{}: {}\n  {}\n", info.name, info.summary, info.equation);
  for (const MapParameter& parameter : info.parameters) {
    text += fmt::format("  {} = {:g}", parameter.name, family.values().at(parameter.name));
    text += HasRange(parameter)
                ? fmt::format(" (range {:g} to {:g})\n", parameter.minimum, parameter.maximum)
                : " (no range)\n";
  }
  return text;
}

std::string TextOf(const Measurement& value) {
  const MetricInfo& metric = MetricByName(value.metric);
  return fmt::format("  {:<26} {:>14} {:<6} {}\n",
                     value.metric,
                     FormatValue(value.value, metric.format, metric.precision),
                     metric.unit,
                     metric.definition);
}

std::string TextOf(const WeaknessReport& report) {
  std::string text = fmt::format("weaknesses found: {}\n", report.found.size());
  for (const Weakness& one : report.found)
    text += fmt::format("  {:<15} {}: {}\n", WeaknessName(one.kind), one.where, one.what);
  if (!report.box.points.empty()) {
    text += fmt::format("  parameter box: {} points, {:.1f} % of the orbits not chaotic\n",
                        report.box.points.size(),
                        100 * report.box.DeadShare());
  }
  text += fmt::format("  keys: {} changes tried; unrelated keys meet in {:.1f} % of cases\n",
                      report.keys.changes,
                      100 * report.keys.unrelated);
  for (const RealBits& real : report.key_bits.reals)
    text += fmt::format("  key real {}: {} bits\n", real.real.name, real.bits);
  text += fmt::format(
      "  usable keys (chaotic orbits): {:.4g} of all, {:.4g} of the initial states at these "
      "parameters\n",
      report.key_bits.usable_share,
      report.key_bits.usable_state_share);
  return text;
}

bool Has(const std::vector<std::string>& names, const char* name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void DrawFigures(const MapFamily& family,
                 const std::vector<std::string>& wanted,
                 const std::optional<SweepRange>& sweep,
                 const fs::path& folder,
                 uint64_t seed,
                 int threads) {
  const std::string& name = family.info().name;
  std::vector<Drawing> drawings;
  if (Has(wanted, "portrait")) drawings.push_back(PortraitDrawing(family, name, seed));
  if (Has(wanted, "density")) drawings.push_back(DensityDrawing(family, name, seed));
  if (Has(wanted, "sensitivity")) drawings.push_back(SensitivityDrawing(family, name, seed));
  if (sweep && Has(wanted, "bifurcation"))
    drawings.push_back(BifurcationDrawing(family, *sweep, name, seed, threads));
  if (sweep && Has(wanted, "lyapunov"))
    drawings.push_back(ExponentsDrawing(family, *sweep, name, seed, threads));
  if (drawings.empty()) return;
  EnsureWritableFolder(folder);
  std::string files;
  for (const std::string& file : WriteDrawings(drawings, folder)) files += " " + file;
  if (!files.empty()) std::cout << fmt::format("figures in {}:{}\n", folder.string(), files);
}

}  // namespace

int MapCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "map", po::value<std::string>()->value_name("MAP"), "a map's name, or a JSON file")(
      "analyse",
      po::value<std::string>()->value_name("LIST")->default_value("lyapunov,zero_one,box,keys"),
      "what to measure, separated by commas, or all")(
      "set",
      po::value<std::vector<std::string>>()->value_name("P=VALUE")->composing(),
      "a parameter of the map, e.g. --set a=1.4; repeatable")(
      "sweep",
      po::value<std::string>()->value_name("P=LOW:HIGH[:N]"),
      "the parameter along which bifurcation and lyapunov are drawn (default: the first, whole "
      "range)")("option",
                po::value<std::vector<std::string>>()->value_name("KEY=N")->composing(),
                "a setting of a measure, e.g. --option lyapunov_steps=1000000; repeatable")(
      "out",
      po::value<std::string>()->value_name("DIR"),
      "folder for figures (default: no figures; bifurcation and portrait need it)")(
      "seed", po::value<int64_t>()->value_name("N")->default_value(0), "which start")(
      "threads", po::value<int64_t>()->value_name("N"), "threads (default: every core)");
  const auto values = ParseOptions(arguments, options, {{"map", 1}});
  if (values.count("help") != 0) {
    std::string text = "Measures a chaotic map, of the catalogue or of a JSON file. Analyses:\n";
    for (const MapGroup& group : MapGroups())
      text += fmt::format("  {:<14} {}\n", group.name, group.summary);
    text +=
        "  bifurcation    the bifurcation diagram along --sweep (figure)\n"
        "  portrait       the phase portrait (figure)\n"
        "With --out, density, lyapunov and sensitivity are drawn as well.\n"
        "  weaknesses     a search, without being told where to look, for dead zones, collapse,\n"
        "                 short cycles, equivalent keys, lost key bits and biased bytes";
    PrintHelp("chaosense map NAME|FILE [options]",
              text,
              options,
              "  chaosense map henon --analyse lyapunov,dimension --set a=1.2\n"
              "  chaosense map 2d_lasm --analyse weaknesses\n"
              "  chaosense map configs/maps/new_map.json --analyse all --out /tmp/new_map\n"
              "  chaosense map logistic --analyse bifurcation,lyapunov --sweep r=3.4:4:2000 --out "
              "/tmp/logistic\n");
    return 0;
  }
  if (values.count("map") == 0)
    throw ConfigError("map: which map? usage: chaosense map NAME|FILE; see `chaosense list maps`");
  const std::vector<std::string> wanted = WantedOf(values["analyse"].as<std::string>());
  const MapChoice choice =
      ChoiceOf(values["map"].as<std::string>(), OverridesOf(values), registries);
  const MapFamily family = FamilyOf(choice, registries.maps);
  const int64_t seed = values["seed"].as<int64_t>();
  if (seed < 0) throw ConfigError("--seed: {} is out of range, expected at least 0", seed);
  const int threads = ThreadsOf(values);

  std::optional<SweepRange> sweep;
  if (values.count("sweep") != 0) {
    sweep = ParseSweepRange(values["sweep"].as<std::string>(), "--sweep");
    CheckSweep(family, *sweep);
  } else if (!family.FreeParameters().empty()) {
    sweep = DefaultSweep(family, 1000);
  }
  const bool to_draw = values.count("out") != 0;
  for (const char* name : {"bifurcation", "portrait"}) {
    if (!to_draw && values["analyse"].as<std::string>() != "all" && Has(wanted, name))
      throw ConfigError("--analyse: {} is a figure; give --out DIR", name);
  }
  if (to_draw && !sweep && !family.info().parameters.empty() && Has(wanted, "bifurcation") &&
      values["analyse"].as<std::string>() != "all") {
    throw ConfigError(
        "--analyse: bifurcation: no parameter of {} has a range; give --sweep PARAMETER=LOW:HIGH",
        family.info().name);
  }
  PluginInfo measures;
  measures.parameters = MapSettings();
  Json given = Json::object();
  if (values.count("option") != 0) {
    for (const std::string& option : values["option"].as<std::vector<std::string>>()) {
      const size_t equals = option.find('=');
      const Json value = equals == std::string::npos
                             ? Json(Json::value_t::discarded)
                             : Json::parse(option.substr(equals + 1), nullptr, false);
      if (value.is_discarded()) throw ConfigError("--option: \"{}\", expected KEY=VALUE", option);
      given[option.substr(0, equals)] = value;
    }
  }
  const Json settings = ResolveParameters(measures, given, "--option");

  const DataFolder data("", ProjectFolder() / "datasets");
  const CellContext context = MakeCellContext(data, registries);
  const MapSubject subject{choice.label, family, std::nullopt};
  std::cout << Describe(family) << "\n";
  bool measured = false;
  bool problems = false;
  MeasureMap(subject,
             wanted,
             {settings, context, static_cast<uint64_t>(seed), threads},
             [&](const MapGroupResult& group) {
               for (const Measurement& value : group.values) std::cout << TextOf(value);
               if (!group.problem.empty())
                 std::cout << fmt::format("  not measured: {}: {}\n", group.group, group.problem);
               std::cout << std::flush;
               measured = measured || !group.values.empty();
               problems = problems || !group.problem.empty();
             });
  if (Has(wanted, "weaknesses")) {
    WeaknessOptions search;
    search.seed = static_cast<uint64_t>(seed);
    search.threads = threads;
    std::cout << TextOf(FindWeaknesses(family, search));
  }
  if (to_draw) {
    DrawFigures(family,
                wanted,
                sweep,
                values["out"].as<std::string>(),
                static_cast<uint64_t>(seed),
                threads);
  }
  // As a cell of compare_maps: failed if nothing could be measured, else what could not is a
  // result.
  return problems && !measured ? static_cast<int>(ErrorKind::kRun) : 0;
}

}  // namespace chaosense
