// Registers the network methods: fclbcnn, klt_net, and those of other papers.
#ifndef CHAOSENSE_CORE_NETS_REGISTER_H_
#define CHAOSENSE_CORE_NETS_REGISTER_H_

#include "core/sensing/reconstructor.h"

namespace chaosense {

void RegisterNetMethods(ReconstructorRegistry& methods);

void RegisterFclbcnn(ReconstructorRegistry& methods);  // fclbcnn.cc
void RegisterKltNet(ReconstructorRegistry& methods);   // klt.cc

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_NETS_REGISTER_H_
