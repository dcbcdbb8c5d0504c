#include "experiments/register.h"

namespace chaosense {

void RegisterExperiments(ExperimentRegistry& registry) {
  RegisterPipeline(registry);
  RegisterCompareMaps(registry);
}

}  // namespace chaosense
