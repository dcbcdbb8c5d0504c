#include "core/harness/slurm_commands.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "core/base/process.h"

namespace chaosense {
namespace {

// A slurmctld that is down makes the commands themselves try for some ten seconds; sbatch without
// room for the job tries for minutes.
constexpr double kPatience = 90;

std::string Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1));
}

std::vector<std::string> Split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(at, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// -1 if it is none.
int64_t NumberFrom(std::string_view text) {
  int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

// Slurm has no exit codes for it; these are the texts of slurm_strerror for what passes.
bool IsTemporary(const std::string& said) {
  static constexpr std::array kTexts = {"Unable to contact slurm controller",
                                        "Socket timed out",
                                        "Zero Bytes were transmitted",
                                        "Unexpected message received",
                                        "Transport endpoint is not connected",
                                        "temporarily",
                                        "try again later",
                                        "job submit limit",
                                        "MaxSubmitJob"};
  return std::any_of(kTexts.begin(), kTexts.end(), [&](const char* text) {
    return said.find(text) != std::string::npos;
  });
}

std::string RunSlurm(const std::string& program, const std::vector<std::string>& arguments) {
  ProcessOptions options;
  options.arguments = {program};
  options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
  options.timeout_s = kPatience;
  options.output_limit = size_t{1} << 28;
  if (FindProgram(program).empty())
    throw ConfigError("--executor slurm: no {} in PATH; is this a machine of a Slurm cluster?",
                      program);
  const ProcessResult result = RunProcess(options);
  if (!result.ok()) {
    const std::string said = fmt::format("{}: {}", program, result.Failure());
    if (result.timed_out || IsTemporary(result.error)) throw SlurmUnavailable(said);
    throw ConfigError("{}", said);
  }
  return {result.output.begin(), result.output.end()};
}

int64_t ConfigNumber(const std::vector<std::string>& lines, const std::string& key) {
  for (const std::string& line : lines) {
    const size_t equals = line.find('=');
    if (equals == std::string::npos || Trim(line.substr(0, equals)) != key) continue;
    if (const int64_t value = NumberFrom(Trim(line.substr(equals + 1))); value > 0) return value;
  }
  throw ConfigError("scontrol show config: no number for {}", key);
}

}  // namespace

bool SlurmTask::ended() const {
  static constexpr std::array kEnds = {"COMPLETED",
                                       "CANCELLED",
                                       "FAILED",
                                       "TIMEOUT",
                                       "DEADLINE",
                                       "PREEMPTED",
                                       "NODE_FAIL",
                                       "BOOT_FAIL",
                                       "OUT_OF_MEMORY",
                                       "REVOKED"};
  return std::find(kEnds.begin(), kEnds.end(), state) != kEnds.end();
}

SlurmLimits ReadSlurmLimits() {
  const std::vector<std::string> lines = Split(RunSlurm("scontrol", {"show", "config"}), '\n');
  return {ConfigNumber(lines, "MaxArraySize"), ConfigNumber(lines, "MaxJobCount")};
}

std::vector<SlurmTask> FindSlurmTasks(const std::string& prefix) {
  const std::string output = RunSlurm("squeue",
                                      {"--noheader",
                                       "--array",
                                       "--states=all",
                                       "--user=" + std::to_string(::getuid()),
                                       "--format=%F|%K|%T|%r|%j"});
  std::vector<SlurmTask> tasks;
  for (const std::string& line : Split(output, '\n')) {
    const std::vector<std::string> fields = Split(line, '|');
    if (fields.size() != 5 || !fields[4].starts_with(prefix)) continue;
    tasks.push_back(
        {Trim(fields[4]), NumberFrom(fields[0]), NumberFrom(fields[1]), fields[2], fields[3]});
  }
  return tasks;
}

int64_t CountSlurmJobs() {
  const std::string output =
      RunSlurm("squeue", {"--noheader", "--array", "--all", "--states=all", "--format=."});
  return std::count(output.begin(), output.end(), '\n');
}

int64_t SubmitSlurmJob(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {"--parsable"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const std::string output = RunSlurm("sbatch", all);
  // "123", or "123;cluster"; before it, what the site's plug-ins may have to say.
  const std::string last = Split(Trim(output), '\n').back();
  const int64_t job = NumberFrom(last.substr(0, last.find(';')));
  if (job < 0) throw ConfigError("sbatch printed no job number but \"{}\"", last);
  return job;
}

void CancelSlurmJobs(const std::vector<int64_t>& jobs) {
  std::vector<std::string> arguments = {"--quiet"};
  for (const int64_t job : jobs) arguments.push_back(std::to_string(job));
  RunSlurm("scancel", arguments);
}

}  // namespace chaosense
