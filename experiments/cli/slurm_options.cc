#include "experiments/cli/slurm_options.h"

#include "core/base/command_line.h"
#include "core/base/error.h"
#include "experiments/cli/command.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

// 0 if the option is not given.
int64_t PositiveOr0(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return 0;
  const int64_t value = values[name].as<int64_t>();
  if (value < 1) throw ConfigError("--{}: {} is out of range, expected at least 1", name, value);
  return value;
}

}  // namespace

void AddSlurmOptions(po::options_description& options) {
  options.add_options()("slurm",
                        po::value<std::string>()->value_name("OPTIONS"),
                        "with --executor slurm: options for sbatch, e.g. \"--partition=short "
                        "--time=01:00:00 --mem=4G\"")(
      "cells-per-task",
      po::value<int64_t>()->value_name("N"),
      "with --executor slurm: cells that one task computes (default: as many as make 100 tasks)")(
      "at-once",
      po::value<int64_t>()->value_name("N"),
      "with --executor slurm: tasks that may run at one time (default: as many as Slurm starts)")(
      "no-wait",
      po::bool_switch(),
      "with --executor slurm: submit and leave; `chaosense collect` gets the results");
}

SlurmOptions SlurmOptionsOf(const po::variables_map& values) {
  SlurmOptions options;
  options.program = std::filesystem::read_symlink("/proc/self/exe");
  if (values.count("slurm") != 0)
    options.sbatch = SplitCommandLine(values["slurm"].as<std::string>(), "--slurm: ");
  CheckSlurmOptions(options.sbatch);
  options.cells_per_task = PositiveOr0(values, "cells-per-task");
  options.at_once = PositiveOr0(values, "at-once");
  if (values.count("threads") != 0) options.cpus = ThreadsOf(values);
  options.wait = !values["no-wait"].as<bool>();
  return options;
}

void RefuseSlurmOptions(const po::variables_map& values) {
  for (const char* name : {"slurm", "cells-per-task", "at-once", "no-wait"}) {
    if (values.count(name) != 0 && !values[name].defaulted())
      throw ConfigError("--{} needs --executor slurm", name);
  }
}

}  // namespace chaosense
