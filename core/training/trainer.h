// Registers the trainer "nets". Free of LibTorch.
#ifndef CHAOSENSE_CORE_TRAINING_TRAINER_H_
#define CHAOSENSE_CORE_TRAINING_TRAINER_H_

#include "core/sensing/trainer.h"

namespace chaosense {

void RegisterNetsTrainer(TrainerRegistry& trainers);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_TRAINING_TRAINER_H_
