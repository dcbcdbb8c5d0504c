// `chaosense train --ranks`: several processes that train one network, here, by hand on several
// machines, or as the tasks of a Slurm step.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_RANKS_H_
#define CHAOSENSE_EXPERIMENTS_CLI_RANKS_H_

#include <boost/program_options.hpp>
#include <optional>
#include <string>

#include "core/sensing/trainer.h"
#include "experiments/cli/command.h"

namespace chaosense {

void AddRankOptions(boost::program_options::options_description& options);

// This process's place; nothing if the processes are yet to be started here (StartRanks). Throws
// Error(kConfig) if the options do not fit together or Slurm's environment is not there.
std::optional<RankLayout> RanksOf(const boost::program_options::variables_map& options);

// The first host of a Slurm node list: "n[001-004,7],m2" gives "n001".
std::string FirstHost(const std::string& node_list);

// Starts `count` processes of this program with `arguments` of the subcommand `train`, each with
// its rank and `threads` threads, waits for all of them, and ends the others if one fails. The exit
// code of the first that failed, or 0.
int StartRanks(const Arguments& arguments, int count, int threads);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_RANKS_H_
