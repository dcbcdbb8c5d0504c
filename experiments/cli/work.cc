// `chaosense work`: computes cells of a run that another process started.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/harness/local_executor.h"
#include "core/harness/worker.h"
#include "experiments/cli/command.h"
#include "experiments/cli/run_folder.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;

po::options_description Options() {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "run", po::value<std::string>()->value_name("RUN_FOLDER"), "the run's folder")(
      "task", po::value<int64_t>()->value_name("I"), "which share of the cells: 0 to N-1")(
      "tasks", po::value<int64_t>()->value_name("N"), "how many shares there are")(
      "serve",
      po::value<int64_t>()->value_name("PID"),
      "in place of a share: cells by number on standard input, rows on standard output, while the "
      "process PID, which started this one, lives (the local executor's workers)")(
      "threads", po::value<int64_t>()->value_name("N"), "threads (default: as the run's)");
  return options;
}

int64_t Required(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0)
    throw ConfigError("work: --{} is missing; usage: chaosense work RUN_FOLDER --task I --tasks N",
                      name);
  return values[name].as<int64_t>();
}

// Dies with its controller: by signal, or, if that is gone already, at once.
void FollowController(int64_t controller) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != controller) throw RunError("work: the controller {} is gone", controller);
  // Ctrl-C reaches every process of a terminal; the controller decides what becomes of the workers.
  std::signal(SIGINT, SIG_IGN);
}

// Standard output carries rows: whatever a library prints goes to standard error.
int TakeStandardOutput() {
  const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  CHAOSENSE_CHECK(output >= 0 && ::dup2(STDERR_FILENO, STDOUT_FILENO) >= 0);
  return output;
}

}  // namespace

int WorkCommand(const Arguments& arguments, Registries& registries) {
  const po::options_description options = Options();
  const po::variables_map values = ParseOptions(arguments, options, {{"run", 1}});
  if (values.count("help") != 0) {
    PrintHelp("chaosense work RUN_FOLDER --task I --tasks N",
              "Computes one share of the cells that plan.json of a run folder lists and no ledger "
              "has yet, and appends\nthem to ledgers/task-I.jsonl there. Executors start it, on "
              "any machine that sees the folder, or with a folder below it that has a plan.json of "
              "its own; it can be\nstopped by SIGTERM and started again. "
              "`chaosense collect` puts the shares together.",
              options,
              "  chaosense work results/runs/table1 --task 0 --tasks 4\n");
    return 0;
  }
  if (values.count("run") == 0)
    throw ConfigError("work: which run? usage: chaosense work RUN_FOLDER --task I --tasks N");
  // Absolute: the run's working directory becomes ours.
  const std::filesystem::path folder = std::filesystem::absolute(values["run"].as<std::string>());
  const int threads = values.count("threads") != 0 ? ThreadsOf(values) : 0;
  if (values.count("serve") != 0) {
    FollowController(values["serve"].as<int64_t>());
    const int output = TakeStandardOutput();
    try {
      const auto run = OpenRun(folder, threads, registries);
      ServeCells(run->plan, run->context, run->file.options, STDIN_FILENO, output);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kInterrupted) throw;
      return error.exit_code();  // the controller says so, once for all
    }
    return 0;
  }
  const int64_t task = Required(values, "task");
  const int64_t tasks = Required(values, "tasks");
  if (tasks < 1) throw ConfigError("--tasks: {} is out of range, expected at least 1", tasks);
  if (task < 0 || task >= tasks)
    throw ConfigError("--task: {} is out of range, expected 0 to {}", task, tasks - 1);
  const auto run = OpenRun(folder, threads, registries);
  run->file.options.code = CodeVersion();
  // Only another process can end a cell that is out of time.
  const std::unique_ptr<Executor> executor =
      run->file.options.timeout_s > 0 ? MakeLocalExecutor(1, run->context.threads, folder)
                                      : MakeSerialExecutor();
  const int64_t failed = RunTask(run->file, run->plan, run->context, task, tasks, *executor);
  return failed == 0 ? 0 : static_cast<int>(ErrorKind::kRun);
}

}  // namespace chaosense
