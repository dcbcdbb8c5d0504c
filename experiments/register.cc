#include "experiments/register.h"

namespace chaosense {

void RegisterExperiments(ExperimentRegistry& registry) {
  RegisterPipeline(registry);
  RegisterAudit(registry);
  RegisterCompareMaps(registry);
}

}  // namespace chaosense
