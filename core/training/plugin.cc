// The entry point of the shared module of networks, which the program loads when a command first
// needs one.
#include "core/nets/register.h"
#include "core/training/trainer.h"

extern "C" __attribute__((visibility("default"))) void ChaosenseRegisterNets(
    chaosense::ReconstructorRegistry* methods, chaosense::TrainerRegistry* trainers) {
  chaosense::RegisterNetMethods(*methods);
  chaosense::RegisterNetsTrainer(*trainers);
}
