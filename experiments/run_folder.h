// A run folder, or a folder of committed results: what its files say, and whether they agree with
// each other.
#ifndef CHAOSENSE_EXPERIMENTS_RUN_FOLDER_H_
#define CHAOSENSE_EXPERIMENTS_RUN_FOLDER_H_

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "plotting/figure_spec.h"
#include "plotting/rows.h"
#include "plotting/table_spec.h"

namespace chaosense {

struct RunFolder {
  std::filesystem::path path;
  std::string name;
  Json manifest;
  std::vector<ResultRow> rows;  // of cells.csv

  const Json& config() const { return manifest.at("config"); }
  // The config's tables and figures. Throws Error(kConfig) naming the manifest and the key.
  std::vector<TableSpec> Tables() const;
  std::vector<FigureSpec> Figures() const;
};

// From manifest.json and cells.csv. Throws Error(kConfig) naming the folder and what it lacks.
RunFolder ReadRunFolder(const std::filesystem::path& folder);

// A name for each folder: its own, and before it as many of the folders above as tell it from
// others of the same name ("a/run", "b/run"). The same folder twice has one name.
std::vector<std::string> DistinctNames(const std::vector<std::filesystem::path>& folders);

// The command that makes the run again: its config, and what was given that changes results. The
// data folder is called D, as its place differs from machine to machine.
std::string CommandOf(const Json& manifest);

// Where the folder's files contradict each other, one line each; empty if they agree:
//   ledger.jsonl (if there is one): every measured row of cells.csv stands in it with the same
//     value, but those of kept results;
//   table.{md,tex,csv} and table_<id>.csv (those that are there): are what the tables of the config
//     make of cells.csv.
std::vector<std::string> Contradictions(const RunFolder& run);

// Writes table.{md,tex,csv} and the curves of figures/ again from cells.csv and the manifest's
// config, and removes files of tables that it does not have. Returns the names of the files.
std::vector<std::string> RewriteTables(const RunFolder& run);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_RUN_FOLDER_H_
