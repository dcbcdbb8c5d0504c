// Registers every experiment.
#ifndef CHAOSENSE_EXPERIMENTS_REGISTER_H_
#define CHAOSENSE_EXPERIMENTS_REGISTER_H_

#include "core/harness/experiment.h"

namespace chaosense {

void RegisterExperiments(ExperimentRegistry& registry);

// One a file.
void RegisterPipeline(ExperimentRegistry& registry);
void RegisterAudit(ExperimentRegistry& registry);
void RegisterCompareMaps(ExperimentRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_REGISTER_H_
