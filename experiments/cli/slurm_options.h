// The options of `run` that say how --executor slurm submits.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_SLURM_OPTIONS_H_
#define CHAOSENSE_EXPERIMENTS_CLI_SLURM_OPTIONS_H_

#include <boost/program_options.hpp>

#include "core/harness/slurm_batch.h"

namespace chaosense {

// --slurm, --cells-per-task, --at-once, --no-wait
void AddSlurmOptions(boost::program_options::options_description& options);

// --threads, if given, are the CPUs of a task. Throws Error(kConfig).
SlurmOptions SlurmOptionsOf(const boost::program_options::variables_map& values);

// Throws Error(kConfig) if one of the options is given without --executor slurm.
void RefuseSlurmOptions(const boost::program_options::variables_map& values);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_SLURM_OPTIONS_H_
