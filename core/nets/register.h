// Registers the network methods: fclbcnn, klt_net, and those of other papers.
#ifndef CHAOSENSE_CORE_NETS_REGISTER_H_
#define CHAOSENSE_CORE_NETS_REGISTER_H_

#include "core/sensing/reconstructor.h"

namespace chaosense {

void RegisterNetMethods(ReconstructorRegistry& methods);

// One function a method, each in its own file.
void RegisterFclbcnn(ReconstructorRegistry& methods);
void RegisterKltNet(ReconstructorRegistry& methods);
void RegisterReconnet(ReconstructorRegistry& methods);
void RegisterDr2Net(ReconstructorRegistry& methods);
void RegisterMsrNet(ReconstructorRegistry& methods);
void RegisterIstaNetPlus(ReconstructorRegistry& methods);
void RegisterOpineNetPlus(ReconstructorRegistry& methods);
void RegisterAmpNet(ReconstructorRegistry& methods);
void RegisterCsNetPlus(ReconstructorRegistry& methods);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_REGISTER_H_
