// A run as the exporters take it: what its manifest says, and its rows.
#ifndef CHAOSENSE_PLOTTING_EXPORT_EXPORTED_RUN_H_
#define CHAOSENSE_PLOTTING_EXPORT_EXPORTED_RUN_H_

#include <string>
#include <vector>

#include "core/base/json.h"
#include "plotting/rows.h"

namespace chaosense {

struct ExportedRun {
  std::string name;
  std::string command;  // makes the run again
  Json manifest;
  std::vector<ResultRow> rows;
};

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_EXPORTED_RUN_H_
