#include "core/linear/register.h"

namespace chaosense {

void RegisterLinearMethods(ReconstructorRegistry& methods, TrainerRegistry& trainers) {
  RegisterGaussianLmmse(methods);
  RegisterPcaLmmse(methods);
  RegisterPcaTrainer(trainers);
}

}  // namespace chaosense
