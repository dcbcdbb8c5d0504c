// Runs as MLflow's file store writes them, so that `mlflow ui --backend-store-uri DIR` shows them:
// DIR/0/meta.yaml and, of each run, DIR/0/<run id>/{meta.yaml, params/, metrics/, tags/,
// artifacts/}.
#ifndef CHAOSENSE_PLOTTING_EXPORT_MLFLOW_H_
#define CHAOSENSE_PLOTTING_EXPORT_MLFLOW_H_

#include <filesystem>
#include <string>
#include <vector>

#include "plotting/export/exported_run.h"
#include "plotting/export/training_log.h"

namespace chaosense {

// One MLflow run for each cell (all axes but image and metric, those of a sweep too): axes as
// parameters, the mean over the images of each metric (or its only value) as metrics, run and code
// version as tags. A failed cell is a failed run, its reason the tag chaosense.status. A metric
// that is nan is left out, as MLflow's plots cannot hold it. Run ids are hashes of what is in them:
// the same results give the same files. Returns the number of MLflow runs.
size_t WriteMlflow(const ExportedRun& run, const std::filesystem::path& folder);

// One MLflow run with every number of the log by iteration; times are those since the training
// began.
void WriteMlflow(const TrainingLog& log, const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_MLFLOW_H_
