// Registers the network methods: fclbcnn, reconnet.
#ifndef CHAOSENSE_CORE_NETS_REGISTER_H_
#define CHAOSENSE_CORE_NETS_REGISTER_H_

#include "core/sensing/reconstructor.h"

namespace chaosense {

void RegisterNetMethods(ReconstructorRegistry& methods);

// One function a method, each in its own file.
void RegisterFclbcnn(ReconstructorRegistry& methods);
void RegisterReconnet(ReconstructorRegistry& methods);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_REGISTER_H_
