// `chaosense collect`: the results of a run's workers, put together.
#include <fmt/format.h>

#include "core/base/count.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "experiments/cli/command.h"
#include "experiments/cli/run_folder.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

}  // namespace

int CollectCommand(const Arguments& arguments, Registries& registries) {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "run", po::value<std::string>()->value_name("RUN_FOLDER"), "the run's folder");
  const po::variables_map values = ParseOptions(arguments, options, {{"run", 1}});
  if (values.count("help") != 0) {
    PrintHelp("chaosense collect RUN_FOLDER",
              "Takes the rows of ledgers/*.jsonl that workers wrote into ledger.jsonl and makes "
              "tables, figures and\nreport from them, as `run` does; cells that nobody has "
              "computed yet are marked so. Runs nothing.",
              options,
              "  chaosense collect results/runs/table1\n");
    return 0;
  }
  if (values.count("run") == 0)
    throw ConfigError("collect: which run? usage: chaosense collect RUN_FOLDER");
  const fs::path folder = fs::absolute(values["run"].as<std::string>());
  const auto run = OpenRun(folder, 0, registries);
  const Outputs outputs(run->plan.config);
  const RunLock lock(folder);
  Ledger ledger(folder);
  RunSummary summary;
  summary.ran = static_cast<int64_t>(Collect(folder, ledger).size());
  CountCells(run->plan, ledger, summary);
  summary.cached = summary.cells - summary.failed - summary.not_run;
  LogInfo("{} collected: {} of {} done",
          Count(summary.ran, "row"),
          summary.cached,
          Count(summary.cells, "cell"));
  return FinishRun(folder,
                   run->plan,
                   outputs,
                   ledger,
                   summary,
                   ReadJsonFile(folder / "manifest.json"),
                   registries);
}

}  // namespace chaosense
