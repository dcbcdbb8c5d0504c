#include <fmt/format.h>

#include <iostream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "experiments/cli/command.h"
#include "experiments/cli/find_run.h"
#include "experiments/run_folder.h"
#include "experiments/run_report.h"

namespace chaosense {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

po::options_description Options() {
  po::options_description options("options");
  options.add_options()("help,h", "show this text")(
      "run",
      po::value<std::vector<std::string>>()->value_name("RUN"),
      "run folders, or names under results/runs or the project's results")(
      "output,o",
      po::value<std::string>()->value_name("FILE"),
      "the page, which must not exist (default: report.html in the first run's folder, made anew)")(
      "tables",
      po::bool_switch(),
      "first write table.{md,tex,csv} and the curves of figures/ in the runs' folders again, from "
      "cells.csv");
  AddForceOption(options);
  return options;
}

}  // namespace

int ReportCommand(const Arguments& arguments, Registries& registries) {
  const po::options_description options = Options();
  const po::variables_map values = ParseOptions(arguments, options, {{"run", -1}});
  if (values.count("help") != 0) {
    PrintHelp("chaosense report RUN... [-o FILE] [--tables] [--force]",
              "Writes one HTML page that shows a run, or several side by side: tables, figures, "
              "pictures, what the\nmeasures mean and how to make it all again. The page holds "
              "everything and loads nothing. Runs nothing.",
              options,
              "  chaosense report table7\n"
              "  chaosense report results/runs/a results/runs/b -o comparison.html\n");
    return 0;
  }
  if (values.count("run") == 0)
    throw ConfigError("report: which run? usage: chaosense report RUN... [-o FILE]");
  std::vector<fs::path> folders;
  for (const std::string& given : values["run"].as<std::vector<std::string>>())
    folders.push_back(FindRun(given));
  const bool named = values.count("output") != 0;
  const fs::path page =
      named ? fs::path(values["output"].as<std::string>()) : folders[0] / "report.html";
  if (named) AtomicFile::RequireWritable(page, ExistingOf(values));
  if (values["tables"].as<bool>()) {
    for (const fs::path& folder : folders) {
      for (const std::string& name : RewriteTables(ReadRunFolder(folder)))
        std::cout << (folder / name).string() << '\n';
    }
  }
  WriteFileAtomically(page, RenderReport(MakeReport(folders, registries)));
  std::cout << page.string() << '\n';
  return 0;
}

}  // namespace chaosense
