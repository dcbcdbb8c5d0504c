#include "core/nets/register.h"

#include "core/nets/peer_nets.h"

namespace chaosense {

void RegisterNetMethods(ReconstructorRegistry& methods) {
  RegisterFclbcnn(methods);
  RegisterKltNet(methods);
#define CHAOSENSE_REGISTER_NET(Name, json_name) Register##Name(methods);
  CHAOSENSE_PEER_NETS(CHAOSENSE_REGISTER_NET)
#undef CHAOSENSE_REGISTER_NET
}

}  // namespace chaosense
