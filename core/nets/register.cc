#include "core/nets/register.h"

namespace chaosense {

void RegisterNetMethods(ReconstructorRegistry& methods) {
  RegisterFclbcnn(methods);
  RegisterKltNet(methods);
  RegisterReconnet(methods);
  RegisterDr2Net(methods);
  RegisterMsrNet(methods);
  RegisterIstaNetPlus(methods);
  RegisterOpineNetPlus(methods);
  RegisterCsNetPlus(methods);
  RegisterAmpNet(methods);
}

}  // namespace chaosense
