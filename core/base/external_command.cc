#include "core/base/external_command.h"

#include <algorithm>
#include <filesystem>

#include "core/base/command_line.h"
#include "core/base/error.h"
#include "core/base/hash.h"

namespace chaosense {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ArgumentsOf(const Json& command, const std::string& where) {
  if (command.is_string()) return SplitCommandLine(command.get<std::string>(), where);
  std::vector<std::string> arguments;
  if (command.is_array()) {
    for (const Json& one : command) {
      if (one.is_string()) arguments.push_back(one.get<std::string>());
    }
  }
  if (arguments.empty() || arguments.size() != command.size() || arguments[0].empty()) {
    throw ConfigError(
        "{}: {} is no command, expected a text or an array of arguments", where, command.dump());
  }
  return arguments;
}

}  // namespace

ExternalCommand::ExternalCommand(const Json& command,
                                 const std::vector<std::string>& known,
                                 const std::string& where)
    : arguments_(ArgumentsOf(command, where)), where_(where) {
  std::map<std::string, std::string> nothing;
  for (const std::string& name : known) nothing[name];
  FillPlaceholders(arguments_, nothing, where);
}

bool ExternalCommand::Uses(const std::string& placeholder) const {
  const std::vector<std::string> used = PlaceholdersIn(arguments_);
  return std::find(used.begin(), used.end(), placeholder) != used.end();
}

void ExternalCommand::RequireProgram() const {
  chaosense::RequireProgram(arguments_.at(0), where_);
}

ProcessOptions ExternalCommand::Prepare(const std::map<std::string, std::string>& values,
                                        double timeout_s) const {
  ProcessOptions options;
  options.arguments = FillPlaceholders(arguments_, values, where_);
  options.timeout_s = timeout_s;
  return options;
}

Json ExternalCommand::Identity(const std::map<std::string, std::string>& constants) const {
  std::map<std::string, std::string> values;
  for (const std::string& name : PlaceholdersIn(arguments_)) {
    const auto known = constants.find(name);
    values[name] = known == constants.end() ? "{" + name + "}" : known->second;
  }
  const std::vector<std::string> filled = FillPlaceholders(arguments_, values, where_);
  std::vector<std::string> files;
  for (size_t i = 0; i < filled.size(); ++i) {
    // A bare program name is looked up in PATH, not here.
    if (i == 0 && filled[i].find('/') == std::string::npos) continue;
    std::error_code error;
    if (fs::is_regular_file(filled[i], error)) files.push_back(filled[i]);
  }
  return {{"arguments", arguments_}, {"files", FileDigests(files, where_)}};
}

std::string ExternalCommand::Text() const { return fmt::format("{}", fmt::join(arguments_, " ")); }

Json FileDigests(const std::vector<std::string>& files, const std::string& where) {
  Json digests = Json::object();
  for (const std::string& file : files) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
      throw ConfigError(
          "{}: {}: no such file (paths are relative to the current folder)", where, file);
    }
    digests[file] = ToHex(Sha256OfFile(file));
  }
  return digests;
}

}  // namespace chaosense
