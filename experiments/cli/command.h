// The subcommands of `chaosense`. Each lives in one file and parses its own options (Boost.Program_options, prefix
// guessing off); --help prints usage with an example. The return value is the exit code; errors are thrown.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_COMMAND_H_
#define CHAOSENSE_EXPERIMENTS_CLI_COMMAND_H_

#include <boost/program_options.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/harness/registries.h"

namespace chaosense {

using Arguments = std::vector<std::string>;  // what follows the subcommand's name

int RunCommand(const Arguments& arguments, Registries& registries);
int TrainCommand(const Arguments& arguments, Registries& registries);
int ListCommand(const Arguments& arguments, Registries& registries);
int DescribeCommand(const Arguments& arguments, Registries& registries);
int ValidateCommand(const Arguments& arguments, Registries& registries);
int SchemaCommand(const Arguments& arguments, Registries& registries);
int DataCommand(const Arguments& arguments, Registries& registries);
int EncryptCommand(const Arguments& arguments, Registries& registries);
int DecryptCommand(const Arguments& arguments, Registries& registries);

// Parses with prefix guessing off. Unknown options, missing values and wrong types become Error(kConfig) with the
// nearest option's name. Positional arguments are taken in the order of `positional`.
boost::program_options::variables_map ParseOptions(
    const Arguments& arguments,
    const boost::program_options::options_description& options,
    const boost::program_options::positional_options_description& positional);

// --data-dir if given, else CHAOSENSE_DATA, else none. Manifests come from the project's datasets/ folder.
DataFolder OpenDataFolder(const boost::program_options::variables_map& options);

// The project's folder with configs/, datasets/ and results/: CHAOSENSE_HOME, or the source tree this was built from.
std::filesystem::path ProjectFolder();

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_COMMAND_H_
