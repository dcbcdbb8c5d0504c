// A run as the exporters take it: what its manifest says, and its rows.
#ifndef CHAOSENSE_PLOTTING_EXPORT_EXPORTED_RUN_H_
#define CHAOSENSE_PLOTTING_EXPORT_EXPORTED_RUN_H_

#include <set>
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

// "sweep.KEY" for every setting that a row of any run has, sorted.
inline std::vector<std::string> SweepAxesOf(const std::vector<ExportedRun>& runs) {
  std::set<std::string> axes;
  for (const ExportedRun& run : runs) {
    const std::vector<std::string> own = SweepAxes(run.rows);
    axes.insert(own.begin(), own.end());
  }
  return {axes.begin(), axes.end()};
}

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_EXPORTED_RUN_H_
