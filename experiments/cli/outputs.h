// What a run folder shows of its results: cells.csv, table.{md,tex,csv}, figures/ and, of
// experiments that write one, summary.md. They are made of the plan and the ledger alone and hold
// nothing that differs between a run and its resumption.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_OUTPUTS_H_
#define CHAOSENSE_EXPERIMENTS_CLI_OUTPUTS_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/harness/config.h"
#include "core/harness/ledger.h"
#include "core/harness/plan.h"
#include "plotting/figure_spec.h"
#include "plotting/panels.h"
#include "plotting/published.h"
#include "plotting/rows.h"
#include "plotting/sheet.h"
#include "plotting/table_spec.h"

namespace chaosense {

// One row for every value of the plan's cells, in the plan's order; one for every cell that gave
// none.
std::vector<ResultRow> ResultRows(const Plan& plan, const Ledger& ledger);

// The files of the plan's finished cells that are called <image>_<kind><extension>, of these
// kinds.
std::vector<CellFile> FilesOfCells(const Plan& plan,
                                   const Ledger& ledger,
                                   const std::filesystem::path& run_folder,
                                   const std::vector<std::string>& kinds,
                                   const std::string& extension);

class Outputs {
 public:
  // Reads the published values and the specs of tables and figures, so that mistakes in them show
  // before anything runs. Throws Error(kConfig).
  explicit Outputs(const Config& config);

  // Throws Error(kConfig) if a table or figure would put several cells into one place: better known
  // before the run than after.
  void CheckTables(const Plan& plan) const;

  struct Written {
    std::string tables;              // as Markdown
    std::vector<std::string> files;  // summary.md and figures/*, where they were written
  };
  // Writes the files, and removes those of tables that the config no longer has.
  Written Write(const std::filesystem::path& folder, const Plan& plan, const Ledger& ledger) const;

 private:
  // Measured rows and, behind them, those of kept results that this run did not measure itself.
  std::vector<ResultRow> WithKept(std::vector<ResultRow> rows) const;

  std::vector<PublishedValue> published_;
  std::vector<ResultRow> kept_;  // of "kept_results"
  std::map<std::string, std::string> aliases_;
  std::vector<TableSpec> tables_;
  std::vector<FigureSpec> figures_;
  std::vector<PanelSpec> panels_;
  std::vector<SheetSpec> sheets_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_OUTPUTS_H_
