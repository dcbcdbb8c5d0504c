// Runs another program: an argument vector, never a shell. Its own process group, so that a
// timeout, our own interruption or our death by any signal ends whatever it started as well.
#ifndef CHAOSENSE_CORE_BASE_PROCESS_H_
#define CHAOSENSE_CORE_BASE_PROCESS_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/file.h"

namespace chaosense {

struct ProcessOptions {
  // [0] is the program: looked up in PATH, or, if it holds a '/', a path relative to our folder.
  std::vector<std::string> arguments;
  // What it reads on standard input: nothing, these bytes, or a file.
  std::variant<std::monostate, Bytes, std::filesystem::path> input;
  std::filesystem::path folder;                                  // its own; empty: ours
  std::vector<std::pair<std::string, std::string>> environment;  // set on top of ours
  double timeout_s = 60;                                         // wall clock, > 0
  size_t output_limit = size_t{1} << 20;  // bytes kept of standard output, its beginning
  size_t error_limit = size_t{1} << 14;   // bytes kept of standard error, its end
  // Past output_limit: end the program (for endless generators), or read on and drop the rest.
  bool stop_at_limit = false;
};

struct ProcessResult {
  int exit_code = -1;  // -1 if a signal ended it
  int signal = 0;      // the signal that ended it, 0 if it exited
  bool timed_out = false;
  bool stopped_at_limit = false;  // ended by us, having printed output_limit bytes
  bool output_cut = false;        // it printed more than output_limit
  Bytes output;
  std::string error;
  double seconds = 0;

  bool ok() const { return exit_code == 0 && !timed_out; }
  // One line for an error message: "exit code 3: last line of its standard error".
  std::string Failure() const;
};

// Waits for the program to end; descendants still running then are killed. On a timeout: SIGTERM to
// the group, 0.5 s later SIGKILL. Leaves no zombie. Throws Error(kConfig) if the program cannot be
// started (no such program, not executable, no such folder or input file), Error(kInterrupted) if
// SIGINT or SIGTERM reached us meanwhile (core/base/signals.h), after ending it.
ProcessResult RunProcess(const ProcessOptions& options);

// Where PATH (or a path with '/') finds an executable file; empty if nowhere.
std::filesystem::path FindProgram(const std::string& name);
// The same; throws Error(kConfig), beginning with `where` if that is not empty, if it is nowhere.
std::filesystem::path RequireProgram(const std::string& name, const std::string& where = "");

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_PROCESS_H_
