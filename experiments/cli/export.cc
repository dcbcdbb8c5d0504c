#include <fmt/format.h>

#include <iostream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/suggest.h"
#include "experiments/cli/command.h"
#include "experiments/cli/find_run.h"
#include "experiments/run_folder.h"
#include "plotting/export/event_file.h"
#include "plotting/export/mlflow.h"
#include "plotting/export/row_files.h"
#include "plotting/export/sqlite_file.h"
#include "plotting/export/training_curves.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

const std::vector<std::string> kFormats = {
    "csv", "jsonl", "sqlite", "tensorboard", "mlflow", "curves"};

po::options_description Options() {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "run",
      po::value<Texts>()->value_name("RUN"),
      "runs (folders, or names under results/runs or the project's results), or training logs "
      "(*.jsonl, training folders, models of the project's results/models)")(
      "format",
      po::value<std::string>()->value_name("F"),
      "csv, jsonl, sqlite: the runs' values in one file; tensorboard: event files of training "
      "logs; curves: figures of training logs; mlflow: an mlruns folder of either")(
      "output,o",
      po::value<std::string>()->value_name("PATH"),
      "file or folder (default: here, named after the first RUN; mlruns/ for mlflow); a file must "
      "not exist, in a folder only files of the same names are replaced");
  AddForceOption(options);
  return options;
}

// What the given names are: runs, or training logs.
struct Inputs {
  std::vector<ExportedRun> runs;
  std::vector<TrainingLog> logs;
};

// The training log that a name stands for; empty if it is none.
fs::path LogOf(const std::string& given) {
  if (fs::is_regular_file(given) && fs::path(given).extension() == ".jsonl") return given;
  for (const fs::path& log : {fs::path(given) / "log.jsonl",
                              ProjectFolder() / "results" / "models" / (given + ".log.jsonl")}) {
    if (fs::is_regular_file(log)) return log;
  }
  return {};
}

// "klt_net_small_10" of klt_net_small_10.log.jsonl; of a training folder's log.jsonl the folder's
// name.
std::string LogName(const fs::path& log) {
  std::string name = log.filename().string();
  if (name == "log.jsonl") return fs::absolute(log).parent_path().filename().string();
  for (const char* ending : {".jsonl", ".log"}) {
    if (name.ends_with(ending)) name.erase(name.size() - std::string_view(ending).size());
  }
  return name;
}

Inputs ReadInputs(const Texts& given) {
  Inputs inputs;
  std::vector<fs::path> folders;
  for (const std::string& one : given) {
    if (const fs::path folder = FindRunIfAny(one); !folder.empty()) {
      RunFolder run = ReadRunFolder(folder);
      folders.push_back(folder);
      inputs.runs.push_back(
          {"", CommandOf(run.manifest), std::move(run.manifest), std::move(run.rows)});
    } else if (const fs::path log = LogOf(one); !log.empty()) {
      inputs.logs.push_back(ReadTrainingLog(log, LogName(log)));
    } else {
      throw ConfigError(
          "{}: neither a run (a folder with manifest.json) nor a training log (*.jsonl, a folder "
          "with log.jsonl, a model of results/models)",
          one);
    }
  }
  // Not by the config's name, which runs of one config share.
  const std::vector<std::string> names = DistinctNames(folders);
  for (size_t i = 0; i < names.size(); ++i) inputs.runs[i].name = names[i];
  return inputs;
}

void RequireOnly(const Inputs& inputs, bool runs, const std::string& format) {
  if (runs ? inputs.logs.empty() : inputs.runs.empty()) return;
  throw ConfigError("export: {} is for {}, and {} is none",
                    format,
                    runs ? "runs" : "training logs",
                    runs ? inputs.logs[0].name : inputs.runs[0].name);
}

void Export(const Inputs& inputs,
            const std::string& format,
            const fs::path& to,
            AtomicFile::Existing existing) {
  if (format == "csv" || format == "jsonl" || format == "sqlite") {
    RequireOnly(inputs, /*runs=*/true, format);
    AtomicFile::RequireWritable(to, existing);
    if (format == "csv") WriteFileAtomically(to, RowsCsv(inputs.runs));
    if (format == "jsonl") WriteFileAtomically(to, RowsJsonLines(inputs.runs));
    if (format == "sqlite") WriteSqlite(inputs.runs, to);
    return;
  }
  if (format != "mlflow") RequireOnly(inputs, /*runs=*/false, format);
  EnsureWritableFolder(to);
  if (format == "tensorboard") {
    for (const TrainingLog& log : inputs.logs)
      WriteFileAtomically(to / log.name / kEventFileName, EventFile(log));
  } else if (format == "curves") {
    const std::string id = inputs.logs.size() == 1 ? inputs.logs[0].name : "training";
    WriteTrainingCurves(inputs.logs, id, to);
  } else {
    for (const ExportedRun& run : inputs.runs) WriteMlflow(run, to);
    for (const TrainingLog& log : inputs.logs) WriteMlflow(log, to);
  }
}

fs::path DefaultOutput(const Inputs& inputs, const std::string& format) {
  if (format == "mlflow") return "mlruns";
  const std::string name =
      inputs.runs.empty() ? inputs.logs[0].name : fs::path(inputs.runs[0].name).filename().string();
  return format == "tensorboard" || format == "curves" ? name + "_" + format : name + "." + format;
}

}  // namespace

int ExportCommand(const Arguments& arguments, Registries&) {
  const po::options_description options = Options();
  const po::variables_map values = ParseOptions(arguments, options, {{"run", -1}});
  if (values.count("help") != 0) {
    PrintHelp(
        "chaosense export RUN... --format F [-o PATH] [--force]",
        "Writes runs or training logs for other programs and prints where. Runs nothing.",
        options,
        "  chaosense export table1 peers --format sqlite -o results.sqlite\n"
        "  chaosense export klt_net_small_10 klt_net_large_10 --format tensorboard -o logs\n"
        "  chaosense export table1 --format mlflow && mlflow ui --backend-store-uri mlruns\n");
    return 0;
  }
  if (values.count("run") == 0 || values.count("format") == 0) {
    throw ConfigError(
        "export: expected a run and --format ({}); usage: chaosense export RUN... "
        "--format F",
        JoinNames(kFormats));
  }
  const std::string format = ChoiceOf(values, "format", kFormats);
  const Inputs inputs = ReadInputs(values["run"].as<Texts>());
  const fs::path to = values.count("output") != 0 ? fs::path(values["output"].as<std::string>())
                                                  : DefaultOutput(inputs, format);
  Export(inputs, format, to, ExistingOf(values));
  std::cout << to.string() << '\n';
  return 0;
}

}  // namespace chaosense
