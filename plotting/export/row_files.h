// Rows of one or several runs as one file of text.
#ifndef CHAOSENSE_PLOTTING_EXPORT_ROW_FILES_H_
#define CHAOSENSE_PLOTTING_EXPORT_ROW_FILES_H_

#include <string>
#include <vector>

#include "plotting/export/exported_run.h"

namespace chaosense {

// cells.csv with a first column "run"; columns sweep.KEY are those of all runs.
std::string RowsCsv(const std::vector<ExportedRun>& runs);

// One JSON object a line, keys as the columns of cells.csv and "run", a sweep's values as there:
// text. What does not apply or was
// not measured is null; inf, -inf and nan are these words as strings.
std::string RowsJsonLines(const std::vector<ExportedRun>& runs);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_ROW_FILES_H_
