// Runs as one SQLite file, normalised:
//   runs(id, name, command, code, started, finished, manifest)
//   metrics(name, unit, direction, definition, source)
//   cells(id, run, experiment, dataset, rate, method, cipher, map, variant, seed, status,
//         "sweep.KEY" for each swept setting of the runs)
//   measurements(cell, image, metric, value, special, published, source)
// and a view `results` that joins them into the columns of cells.csv. What does not apply is NULL.
// SQLite has no NaN: `value` is NULL and `special` says "nan"; infinities stand in both.
#ifndef CHAOSENSE_PLOTTING_EXPORT_SQLITE_FILE_H_
#define CHAOSENSE_PLOTTING_EXPORT_SQLITE_FILE_H_

#include <filesystem>
#include <vector>

#include "plotting/export/exported_run.h"

namespace chaosense {

// The file appears whole or not at all, and replaces one of its name. Throws Error(kConfig) naming
// the file and SQLite's reason.
void WriteSqlite(const std::vector<ExportedRun>& runs, const std::filesystem::path& file);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_SQLITE_FILE_H_
