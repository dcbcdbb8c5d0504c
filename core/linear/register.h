// Registers the linear methods: gaussian_lmmse, pca_lmmse; and the trainer "pca" that writes their
// model file.
#ifndef CHAOSENSE_CORE_LINEAR_REGISTER_H_
#define CHAOSENSE_CORE_LINEAR_REGISTER_H_

#include "core/sensing/reconstructor.h"
#include "core/sensing/trainer.h"

namespace chaosense {

void RegisterLinearMethods(ReconstructorRegistry& methods, TrainerRegistry& trainers);

// The committed model that linear methods use when the config names no fit_datasets.
inline constexpr char kPcaModelFile[] = "pca_bsds500.safetensors";

// One function a method, each in its own file.
void RegisterGaussianLmmse(ReconstructorRegistry& methods);
void RegisterPcaLmmse(ReconstructorRegistry& methods);
void RegisterPcaTrainer(TrainerRegistry& trainers);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_LINEAR_REGISTER_H_
