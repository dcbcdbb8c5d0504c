// Experiments, and the cells they are made of. A cell is the unit of everything: cache, seed,
// resume, distribution, table entry. It is a pure function of its description.
#ifndef CHAOSENSE_CORE_HARNESS_EXPERIMENT_H_
#define CHAOSENSE_CORE_HARNESS_EXPERIMENT_H_

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/registry.h"
#include "core/chaos/map_registry.h"
#include "core/cipher/cipher.h"
#include "core/data/dataset.h"
#include "core/harness/cell_cache.h"
#include "core/sensing/reconstructor.h"

namespace chaosense {

// The axes every table can be laid out by. Empty text (or rate 0) where an axis does not apply.
struct Axes {
  std::string experiment;
  std::string dataset;
  std::string method;  // label: the registry name, or the config's "label"
  std::string cipher;
  std::string map;
  std::string variant;  // anything else that varies: "gray"/"color", "live"/"frozen", ...
  double rate = 0;
  uint64_t seed = 0;
  // Settings that a sweep varies: key as in the config's "sweep" -> value as text. Set by the
  // planner.
  std::map<std::string, std::string> sweep;
};

struct Cell {
  Axes axes;
  Json description;  // everything the result depends on, without paths, verbosity and parallelism
  // Cells with equal text share a preparation that is worth keeping (a fitted method): executors
  // run them one after the other in one process. Empty: none. No part of the identity.
  std::string shares;
  std::string id;            // CellId() of plan.h, set by the planner
  size_t experiment = 0;     // which of Plan::experiments computes it, set by the planner
  std::string Name() const;  // "table1/set11/pca_lmmse/rate:0.25/seed:0", for people
};

// One measured number. `image` is a picture's name, or "*mean" for an aggregate over the dataset.
struct Measurement {
  std::string image;
  std::string metric;  // a name of the metric registry (core/metrics/metric.h)
  double value = 0;    // inf and nan allowed
};

struct CellResult {
  std::vector<Measurement> values;
  std::vector<std::string>
      files;  // pictures and the like, written under CellContext::folder, relative to it
  Json notes = Json::object();  // for the ledger only: seconds, model parameters, ...
};

struct FinishedCell {
  Cell cell;
  CellResult result;
};

// What a run lends to its cells.
struct CellContext {
  const DataFolder* data = nullptr;
  const ReconstructorRegistry* methods = nullptr;
  const CipherRegistry* ciphers = nullptr;
  const MapRegistry* maps = nullptr;
  FitContext fit;  // fit.fit_datasets is filled by the experiment
  std::filesystem::path
      folder;  // <run>/cells/<first 16 digits of the id>/, for files; made on first use
  int threads = 1;
  // Of this process; copies of the context share it.
  std::shared_ptr<CellCache> cache = std::make_shared<CellCache>();
};

class Experiment {
 public:
  virtual ~Experiment() = default;

  // The JSON Schema "properties" of the experiment's own config keys are in its
  // PluginInfo::parameters; `config` is the whole resolved config. Validates everything that can be
  // known before running (names of methods, ciphers, datasets, images). Throws Error(kConfig) with
  // a JSON pointer, Error(kData).
  virtual std::vector<Cell> Expand(const Json& config, const CellContext& context) const = 0;

  virtual CellResult Run(const Cell& cell, const CellContext& context) const = 0;

  // A page about all finished cells, in Markdown, for summary.md of the run folder; "" for none.
  virtual std::string Summary(const std::vector<FinishedCell>& cells) const {
    (void)cells;
    return "";
  }
};

using ExperimentRegistry = Registry<Experiment>;

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_EXPERIMENT_H_
