// Training logs as figures: quality on the validation set and loss, by iteration.
#ifndef CHAOSENSE_PLOTTING_EXPORT_TRAINING_CURVES_H_
#define CHAOSENSE_PLOTTING_EXPORT_TRAINING_CURVES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "plotting/export/training_log.h"
#include "plotting/plot.h"

namespace chaosense {

// A figure for each number that logs hold, but the learning rate and the best so far ("<id>_loss",
// "<id>_validation_gray"), a curve for each log.
std::vector<PlotModel> TrainingCurves(const std::vector<TrainingLog>& logs, const std::string& id);

// The files of drawing.h; returns their names.
std::vector<std::string> WriteTrainingCurves(const std::vector<TrainingLog>& logs,
                                             const std::string& id,
                                             const std::filesystem::path& folder);

}  // namespace chaosense

#endif  // CHAOSENSE_PLOTTING_EXPORT_TRAINING_CURVES_H_
