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

// An image set that cells read.
struct DataNeed {
  std::string set;
  std::vector<std::string> images;  // empty: all
  std::string where;                // place in the config, for messages
};

struct Plan {
  Config config;
  std::vector<std::unique_ptr<Experiment>> experiments;  // one for each point of the sweep
  // In the config's order. Points of a sweep may share a cell, which then is here with the settings
  // of each but has one id and is computed once; other duplicates are dropped.
  std::vector<Cell> cells;
  std::vector<DataNeed> data;  // each once
};

// Without the axes that do not apply and without the sweep's settings, which are no part of a
// cell's identity: what they change is in its description.
Json AxesToJson(const Axes& axes);
Axes AxesFromJson(const Json& axes);  // throws Error(kConfig) on a wrong type

// SHA-256 of the canonical JSON of: kCellSchema, the experiment's name and revision, axes,
// description.
std::string CellId(const Cell& cell, const PluginInfo& experiment);

// Expands the config (ExpandConfig); for every point checks methods and ciphers
// (CheckPluginChoices) and the names of datasets and images, creates the experiment with its own
// keys and expands it. Nothing is run before all of this has passed. Throws Error(kConfig) with
// file and JSON pointer, also if two parts give different cells with the same axes, Error(kData).
// Of errors that Expand throws, those that begin with a JSON pointer ("/variants/0:
// ...") get the file in front.
Plan MakePlan(const Config& config, Registries& registries, const CellContext& context);

// Throws Error(kData) unless every file of the sets in /datasets (of the images asked for) and
// /fit_datasets is there; reads none of them.
void RequireData(const Plan& plan, const DataFolder& data);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_PLAN_H_
