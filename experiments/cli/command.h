// The subcommands of `chaosense`. Each lives in one file and parses its own options
// (Boost.Program_options, prefix guessing off); --help prints usage with an example. The return
// value is the exit code; errors are thrown.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_COMMAND_H_
#define CHAOSENSE_EXPERIMENTS_CLI_COMMAND_H_

#include <boost/program_options.hpp>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/data/dataset.h"
#include "core/harness/plan.h"
#include "core/harness/registries.h"

namespace chaosense {

using Arguments = std::vector<std::string>;  // what follows the subcommand's name

int RunCommand(const Arguments& arguments, Registries& registries);
int WorkCommand(const Arguments& arguments, Registries& registries);
int CollectCommand(const Arguments& arguments, Registries& registries);
int ReportCommand(const Arguments& arguments, Registries& registries);
int CompareCommand(const Arguments& arguments, Registries& registries);
int VerifyCommand(const Arguments& arguments, Registries& registries);
int ExportCommand(const Arguments& arguments, Registries& registries);
int TrainCommand(const Arguments& arguments, Registries& registries);
int ListCommand(const Arguments& arguments, Registries& registries);
int DescribeCommand(const Arguments& arguments, Registries& registries);
int ValidateCommand(const Arguments& arguments, Registries& registries);
int SchemaCommand(const Arguments& arguments, Registries& registries);
int DataCommand(const Arguments& arguments, Registries& registries);
int MapCommand(const Arguments& arguments, Registries& registries);
int EncryptCommand(const Arguments& arguments, Registries& registries);
int DecryptCommand(const Arguments& arguments, Registries& registries);
int RandomnessCommand(const Arguments& arguments, Registries& registries);

// An argument without an option before it, and how many there may be: -1 is any number.
struct Positional {
  const char* name;
  int count;
};

// Parses with prefix guessing off. Unknown options, missing values and wrong types become
// Error(kConfig) with the nearest option's name. Positional arguments are taken in the order of
// `positional`.
boost::program_options::variables_map ParseOptions(
    const Arguments& arguments,
    const boost::program_options::options_description& options,
    std::initializer_list<Positional> positional);

// --data-dir if given, else CHAOSENSE_DATA, else data/ of the project if it exists, else none.
// Manifests come from the project's datasets/ folder.
DataFolder OpenDataFolder(const boost::program_options::variables_map& options);

// A config as given, or configs/<name>.json of the project folder. Throws Error(kConfig) with the
// nearest name.
std::filesystem::path FindConfig(const std::string& given);
// Names of the project folder's configs, sorted: "table1", "train/pca_bsds500".
std::vector<std::string> ConfigNames();

// "usage: chaosense run CONFIG [options]", the options and examples; for --help.
void PrintHelp(const std::string& usage,
               const std::string& text,
               const boost::program_options::options_description& options,
               const std::string& examples);

// Options several commands share. Threads: int64 because Boost reads -1 as a huge unsigned number.
void AddDataOption(boost::program_options::options_description& options);      // --data-dir
void AddOverrideOption(boost::program_options::options_description& options);  // --set
void AddSweepOption(boost::program_options::options_description& options);     // --sweep
void AddComputeOptions(
    boost::program_options::options_description& options);                  // --threads, --device
void AddForceOption(boost::program_options::options_description& options);  // --force
// What --force says of outputs that exist.
AtomicFile::Existing ExistingOf(const boost::program_options::variables_map& options);
std::vector<std::string> OverridesOf(const boost::program_options::variables_map& options);
std::vector<std::string> SweepsOf(const boost::program_options::variables_map& options);
int ThreadsOf(
    const boost::program_options::variables_map& options);  // checked; default: every core
// The value of --name, one of `allowed`. Throws Error(kConfig) listing them.
std::string ChoiceOf(const boost::program_options::variables_map& options,
                     const std::string& name,
                     const std::vector<std::string>& allowed);
std::string DeviceOf(
    const boost::program_options::variables_map& options);  // checked; default: auto

struct Training {
  std::unique_ptr<Trainer> trainer;
  Json config;  // the trainer's own keys
};
// The trainer of a config, with all checked that can be without reading a picture. Throws
// Error(kConfig) naming file and key.
Training CheckedTraining(const Config& config, Registries& registries, const DataFolder& data);

// What `chaosense train` does with a config; context.folder empty: results/runs/train/<name>.
// Throws Error(kConfig) if the file is no trainer's config, and what the trainer throws.
TrainReport TrainFromConfig(const std::filesystem::path& config,
                            const std::vector<std::string>& overrides,
                            Registries& registries,
                            TrainContext context);

// The weight files of results/models that the plan's methods read and that a config of
// configs/train made, each once: name of the config (results/models/<name>.safetensors). Weights
// that others start from ("initial") come before those.
std::vector<std::string> TrainableModels(const Plan& plan, const CellContext& context);
// Trains them again into folder/<name>/, seeds and all as committed, and puts the weights into
// `folder` beside copies of the other committed ones: a model folder for CellContext::fit. What is
// finished is not trained again.
void RetrainModels(const std::vector<std::string>& names,
                   const std::filesystem::path& folder,
                   Registries& registries,
                   const CellContext& context);

// What a run lends to its cells; `data` must outlive it. Model files come from results/models of
// the project folder.
CellContext MakeCellContext(const DataFolder& data, const Registries& registries);

// The project's folder with configs/, datasets/ and results/: CHAOSENSE_HOME, or the source tree
// this was built from.
std::filesystem::path ProjectFolder();
std::filesystem::path ModelFolder();  // its results/models

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_COMMAND_H_
