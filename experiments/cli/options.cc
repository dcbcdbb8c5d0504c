#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/harness/manifest.h"
#include "experiments/cli/command.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

// "--dry" of "--dry=1"; short options as they are.
std::string OptionName(const std::string& token) { return token.substr(0, token.find('=')); }

std::vector<std::string> LongNames(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

Error UnknownOption(const std::string& token, const po::options_description& options) {
  const std::vector<std::string> names = LongNames(options);
  return ConfigError(
      "unknown option {}{}", OptionName(token), NearestOrAll(OptionName(token), names));
}

}  // namespace

po::variables_map ParseOptions(const Arguments& arguments,
                               const po::options_description& options,
                               std::initializer_list<Positional> positional) {
  po::positional_options_description places;
  for (const auto& [name, count] : positional) places.add(name, count);
  po::variables_map values;
  try {
    // allow_guessing would take --dry for --dry-run and break scripts when an option is added.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
    po::store(
        po::command_line_parser(arguments).options(options).positional(places).style(style).run(),
        values);
    po::notify(values);
  } catch (const po::unknown_option& error) {
    throw UnknownOption(error.get_option_name(), options);
  } catch (const po::too_many_positional_options_error&) {
    throw ConfigError("too many arguments: {}", fmt::join(arguments, " "));
  } catch (const po::error& error) {
    throw ConfigError("{}", error.what());
  }
  return values;
}

void PrintHelp(const std::string& usage,
               const std::string& text,
               const po::options_description& options,
               const std::string& examples) {
  std::cout << "usage: " << usage << "\n\n"
            << text << "\n\n"
            << options << "\nexamples:\n"
            << examples;
}

void AddDataOption(po::options_description& options) {
  options.add_options()("data-dir",
                        po::value<std::string>()->value_name("DIR"),
                        "folder with the image sets (default: the environment's CHAOSENSE_DATA, "
                        "else data/ of the project)");
}

void AddOverrideOption(po::options_description& options) {
  options.add_options()("set",
                        po::value<std::vector<std::string>>()->value_name("KEY=VALUE")->composing(),
                        "replace a value of the config, e.g. --set rates=[0.25]; repeatable");
}

void AddSweepOption(po::options_description& options) {
  options.add_options()("sweep",
                        po::value<std::vector<std::string>>()->value_name("KEY=V1,V2")->composing(),
                        "run with each of these values, all combinations of several --sweep, e.g. "
                        "--sweep pixel_changes=10,100; repeatable");
}

void AddComputeOptions(po::options_description& options) {
  options.add_options()(
      "threads", po::value<int64_t>()->value_name("N"), "threads (default: every core)")(
      "device",
      po::value<std::string>()->value_name("NAME")->default_value("auto"),
      "where networks run: auto, cpu, cuda");
}

void AddForceOption(po::options_description& options) {
  options.add_options()("force", "replace outputs that exist");
}

AtomicFile::Existing ExistingOf(const po::variables_map& options) {
  return options.count("force") != 0 ? AtomicFile::Existing::kReplace
                                     : AtomicFile::Existing::kRefuse;
}

std::vector<std::string> OverridesOf(const po::variables_map& options) {
  return options.count("set") != 0 ? options["set"].as<std::vector<std::string>>()
                                   : std::vector<std::string>();
}

std::vector<std::string> SweepsOf(const po::variables_map& options) {
  return options.count("sweep") != 0 ? options["sweep"].as<std::vector<std::string>>()
                                     : std::vector<std::string>();
}

int ThreadsOf(const po::variables_map& options) {
  if (options.count("threads") == 0) return AvailableCpus();
  const int64_t threads = options["threads"].as<int64_t>();
  constexpr int64_t kMost = 1024;
  if (threads < 1 || threads > kMost) {
    throw ConfigError("--threads: {} is out of range, expected 1 to {}", threads, kMost);
  }
  return static_cast<int>(threads);
}

std::string ChoiceOf(const po::variables_map& options,
                     const std::string& name,
                     const std::vector<std::string>& allowed) {
  const auto& value = options[name].as<std::string>();
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
  throw ConfigError(
      "--{}: \"{}\" is not allowed{}", name, value, NearestAndAll(value, allowed, "allowed"));
}

std::string DeviceOf(const po::variables_map& options) {
  return ChoiceOf(options, "device", {"auto", "cpu", "cuda"});
}

DataFolder OpenDataFolder(const po::variables_map& options) {
  fs::path folder;
  if (options.count("data-dir") != 0) {
    folder = options["data-dir"].as<std::string>();
  } else if (const char* set = std::getenv("CHAOSENSE_DATA")) {
    folder = set;
  } else if (std::error_code error; fs::is_directory(ProjectFolder() / "data", error)) {
    folder =
        ProjectFolder() / "data";  // where `chaosense data fetch` puts things if nothing is said
  }
  return DataFolder(folder, ProjectFolder() / "datasets");
}

CellContext MakeCellContext(const DataFolder& data, const Registries& registries) {
  CellContext context;
  context.data = &data;
  context.methods = &registries.methods;
  context.ciphers = &registries.ciphers;
  context.maps = &registries.maps;
  context.fit.data = &data;
  context.fit.model_dir = ModelFolder();
  return context;
}

fs::path ModelFolder() { return ProjectFolder() / "results" / "models"; }

fs::path ProjectFolder() {
  if (const char* home = std::getenv("CHAOSENSE_HOME"); home != nullptr && *home != '\0')
    return home;
  return CHAOSENSE_SOURCE_DIR;
}

std::vector<std::string> ConfigNames() {
  std::vector<std::string> names;
  for (const std::string prefix : {"", "train/"}) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(ProjectFolder() / "configs" / prefix, error)) {
      if (entry.path().extension() == ".json")
        names.push_back(prefix + entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

fs::path FindConfig(const std::string& given) {
  std::error_code error;
  if (fs::is_regular_file(given, error)) return given;
  // "table1", "table1.json" and "configs/table1.json" are all found from anywhere.
  const fs::path path = given;
  for (const fs::path& candidate : {ProjectFolder() / "configs" / (given + ".json"),
                                    ProjectFolder() / "configs" / path,
                                    ProjectFolder() / path}) {
    if (path.is_relative() && fs::is_regular_file(candidate, error)) return candidate;
  }
  throw ConfigError(
      "{}: no such config{}", given, NearestOrAll(path.stem().string(), ConfigNames()));
}

}  // namespace chaosense
