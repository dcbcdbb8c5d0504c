// A program that a config names as a plug-in: its command, run without a shell, and what of it
// belongs to a result's identity.
#ifndef CHAOSENSE_CORE_BASE_EXTERNAL_COMMAND_H_
#define CHAOSENSE_CORE_BASE_EXTERNAL_COMMAND_H_

#include <map>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/process.h"

namespace chaosense {

class ExternalCommand {
 public:
  ExternalCommand() = default;
  // `command`: a text, split at white space and quotes (core/base/command_line.h), or an array of
  // arguments. Placeholders must be among `known`. Throws Error(kConfig) beginning with `where`.
  ExternalCommand(const Json& command,
                  const std::vector<std::string>& known,
                  const std::string& where);

  bool empty() const { return arguments_.empty(); }
  bool Uses(const std::string& placeholder) const;
  // Throws Error(kConfig) if the program itself is nowhere.
  void RequireProgram() const;

  // The program, its arguments with placeholders replaced and a timeout; standard input is empty.
  ProcessOptions Prepare(const std::map<std::string, std::string>& values, double timeout_s) const;

  // {"arguments": [...], "files": {"enc.py": SHA-256, ...}}: every argument that names a file of
  // its own right (the scripts, a program given by path), relative to the current folder.
  // `constants`: placeholders whose values are known beforehand and may be part of files' names.
  Json Identity(const std::map<std::string, std::string>& constants = {}) const;

  // As it was given, for messages.
  std::string Text() const;

 private:
  std::vector<std::string> arguments_;
  std::string where_;
};

// {"a.py": SHA-256} of files, by the names as given. Throws Error(kConfig) if one is missing.
Json FileDigests(const std::vector<std::string>& files, const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_EXTERNAL_COMMAND_H_
