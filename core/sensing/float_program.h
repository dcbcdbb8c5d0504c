// A program of the user's that turns one file of numbers into another: 32-bit IEEE floats, least
// significant byte first, nothing else.
#ifndef CHAOSENSE_CORE_SENSING_FLOAT_PROGRAM_H_
#define CHAOSENSE_CORE_SENSING_FLOAT_PROGRAM_H_

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/external_command.h"

namespace chaosense {

void WriteFloats(const std::filesystem::path& path, std::span<const float> values);

class FloatProgram {
 public:
  using Values = std::map<std::string, std::string>;  // of placeholders

  FloatProgram() = default;
  // `command`: a text or an array of arguments; `which`: the config's key, for messages. It must
  // use the placeholders `needed` and may use `known` beside them. Throws Error(kConfig).
  FloatProgram(const Json& command,
               const std::string& which,
               const std::vector<std::string>& needed,
               std::vector<std::string> known);

  bool empty() const { return command_.empty(); }
  const ExternalCommand& command() const { return command_; }

  // Throws Error(kRun) naming the command and the last line of its standard error: exit code other
  // than 0, a signal, a timeout. Error(kConfig) if there is no such program, Error(kInterrupted).
  void Run(const Values& values, double timeout_s) const;

  // Runs it with {in}, a file of the numbers `given`, and {out}, which must come to hold `expected`
  // finite ones. Throws as Run, and Error(kRun) where it does not.
  std::vector<float> Transform(std::span<const float> given,
                               size_t expected,
                               Values values,
                               double timeout_s) const;

  // An Error(kRun) that names the program.
  Error Failure(const std::string& message) const;

 private:
  std::string which_;
  ExternalCommand command_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_FLOAT_PROGRAM_H_
