// From a config to the cells of a run. A cell's id depends on what its result depends on and on
// nothing else, so that results are found again whatever the order, the comments or the number of
// threads.
#ifndef CHAOSENSE_CORE_HARNESS_PLAN_H_
#define CHAOSENSE_CORE_HARNESS_PLAN_H_

#include <memory>
#include <vector>

#include "core/harness/config.h"
#include "core/harness/experiment.h"
#include "core/harness/registries.h"

namespace chaosense {

// Part of every cell's identity: raise it when the harness itself changes what results mean.
inline constexpr int kCellSchema = 1;

struct Plan {
  std::unique_ptr<Experiment> experiment;
  std::vector<Cell> cells;  // in the experiment's order, duplicates dropped, ids set
};

Json AxesToJson(const Axes& axes);    // axes that do not apply are left out
Axes AxesFromJson(const Json& axes);  // throws Error(kConfig) on a wrong type

// SHA-256 of the canonical JSON of: kCellSchema, the experiment's name and revision, axes,
// description.
std::string CellId(const Cell& cell, const PluginInfo& experiment);

// Checks methods and ciphers (CheckPluginChoices) and the names of datasets and images, creates the
// experiment with its own keys and expands it. Throws Error(kConfig) with file and JSON pointer,
// Error(kData). Of errors that Expand throws, those that begin with a JSON pointer ("/variants/0:
// ...") get the file in front.
Plan MakePlan(const Config& config, Registries& registries, const CellContext& context);

// Throws Error(kData) unless every file of the sets in /datasets (of the images asked for) and
// /fit_datasets is there; reads none of them.
void RequireData(const Config& config, const DataFolder& data);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_PLAN_H_
