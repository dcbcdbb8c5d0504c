// The chaosense program: finds the subcommand, fills the registries, and is the only place where
// failures become exit codes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <new>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/signals.h"
#include "core/base/suggest.h"
#include "core/cipher/external_cipher.h"
#include "core/codecs/register.h"
#include "core/linear/register.h"
#include "core/sensing/external_reconstructor.h"
#include "core/solvers/register.h"
#include "experiments/cli/build_info.h"
#include "experiments/cli/command.h"
#include "experiments/register.h"

namespace chaosense {
namespace {

struct Command {
  const char* name;
  const char* summary;
  int (*run)(const Arguments&, Registries&);
  bool resumes = false;  // after an interruption, with what it has kept
};

constexpr std::array kCommands = {
    Command{"run", "run an experiment's config and print its tables", RunCommand, true},
    Command{"work", "compute cells of a run that was started; for executors", WorkCommand},
    Command{"collect", "put the results of a run's workers together", CollectCommand},
    Command{"report", "show runs as one HTML page", ReportCommand},
    Command{"compare",
            "match two runs, methods or ciphers value by value, with paired tests",
            CompareCommand},
    Command{"verify", "check a run's values against the published ones beside them", VerifyCommand},
    Command{"export", "write results or training logs for other programs", ExportCommand},
    Command{"train", "train a network or fit a model", TrainCommand},
    Command{
        "encrypt", "compress and encrypt an image, or encrypt any file or folder", EncryptCommand},
    Command{"decrypt", "decrypt what encrypt wrote", DecryptCommand},
    Command{"data", "list, fetch, verify or generate image sets", DataCommand},
    Command{"randomness",
            "test anybody's bytes for randomness, SP 800-22 and others",
            RandomnessCommand},
    Command{"map", "analyse a chaotic map: exponents, bifurcations, weaknesses", MapCommand},
    Command{
        "list", "list methods, ciphers, maps, metrics, datasets, models, configs ...", ListCommand},
    Command{"describe", "say what a name of any kind means, with its parameters", DescribeCommand},
    Command{"validate", "check a config and count its cells without running it", ValidateCommand},
    Command{"schema", "print the JSON Schema of configs", SchemaCommand},
};

void PrintUsage(std::ostream& out) {
  out << "usage: chaosense COMMAND [options]\n\n"
         "Image compressed sensing with chaotic encryption: every experiment is one JSON "
         "file.\n\ncommands:\n";
  for (const Command& command : kCommands)
    out << fmt::format("  {:<10} {}\n", command.name, command.summary);
  out << "\n`chaosense COMMAND --help` shows a command's options and examples.\n\nexample:\n"
         "  chaosense run configs/quickstart.json\n\n"
         "exit codes: 0 done; 1 some cells failed, or a disk is full, read-only or broken;\n"
         "            2 bad config or arguments; 3 data missing or wrong checksum;\n"
         "            4 outside the published tolerance; 130 interrupted (run, train: the same "
         "command resumes)\n";
}

void PrintVersion() {
  const BuildInfo& build = GetBuildInfo();
  std::cout << fmt::format("chaosense {} ({}{})\n",
                           build.version,
                           build.commit.empty() ? "no commit" : build.commit.substr(0, 12),
                           build.dirty ? ", modified" : "");
}

int Dispatch(const Arguments& arguments) {
  if (arguments.empty()) {
    PrintUsage(std::cerr);
    return static_cast<int>(ErrorKind::kConfig);
  }
  const std::string& name = arguments[0];
  if (name == "--help" || name == "-h" || name == "help") {
    PrintUsage(std::cout);
    return 0;
  }
  if (name == "--version") {
    PrintVersion();
    return 0;
  }
  const auto command = std::find_if(
      kCommands.begin(), kCommands.end(), [&](const Command& one) { return name == one.name; });
  if (command == kCommands.end()) {
    std::vector<std::string> names;
    for (const Command& one : kCommands) names.push_back(one.name);
    throw ConfigError("unknown command \"{}\"{}", name, NearestOrAll(name, names));
  }
  Registries registries;
  RegisterLinearMethods(registries.methods, registries.trainers);
  RegisterCodecs(registries.methods);
  RegisterSolverMethods(registries.methods);
  RegisterExternalMethod(registries.methods);
  RegisterBuiltinCiphers(registries.ciphers);
  RegisterExternalCipher(registries.ciphers);
  RegisterBuiltinMaps(registries.maps);
  RegisterExperiments(registries.experiments);
  return command->run(Arguments(arguments.begin() + 1, arguments.end()), registries);
}

// An interruption, and what to do where the command says nothing better itself.
std::string InterruptionText(const Arguments& arguments, const std::string& what) {
  const bool resumes = std::ranges::any_of(kCommands, [&](const Command& command) {
    return command.resumes && arguments[0] == command.name;
  });
  return what == "interrupted" && resumes ? what + "; run the same command again to resume" : what;
}

int RunMain(const Arguments& arguments) {
  try {
    InstallSignalHandlers();
    return Dispatch(arguments);
  } catch (const Error& error) {
    WriteLogLine(error.kind() == ErrorKind::kInterrupted ? InterruptionText(arguments, error.what())
                                                         : fmt::format("error: {}", error.what()));
    return error.exit_code();
  } catch (const InternalError& error) {
    WriteLogLine(fmt::format("internal error: {}; please report this bug", error.what()));
  } catch (const std::bad_alloc&) {
    WriteLogLine("error: not enough memory");
  } catch (const std::exception& error) {
    WriteLogLine(fmt::format("internal error: {}; please report this bug", error.what()));
  }
  return static_cast<int>(ErrorKind::kRun);
}

}  // namespace
}  // namespace chaosense

int main(int argc, char** argv) {
  return chaosense::RunMain(chaosense::Arguments(argv + 1, argv + argc));
}
