// Reads a run folder, or a folder of committed results, for the report.
#ifndef CHAOSENSE_EXPERIMENTS_RUN_REPORT_H_
#define CHAOSENSE_EXPERIMENTS_RUN_REPORT_H_

#include <filesystem>
#include <vector>

#include "core/harness/registries.h"
#include "plotting/html_report.h"

namespace chaosense {

// From manifest.json, cells.csv, figures/ and, where they are, ledger.jsonl and cells/; computes
// nothing again. Throws Error(kConfig) naming the folder and what it lacks.
ReportRun ReadRun(const std::filesystem::path& folder);

// The report of these runs: of one, by its config's name, of several by their folders'
// (DistinctNames). Summaries of methods and ciphers are those of the registries; a method
// of the networks is named without one unless they are loaded.
Report MakeReport(const std::vector<std::filesystem::path>& folders, const Registries& registries);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_RUN_REPORT_H_
