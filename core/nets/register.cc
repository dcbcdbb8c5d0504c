#include "core/nets/register.h"

namespace chaosense {

void RegisterNetMethods(ReconstructorRegistry& methods) {
  RegisterFclbcnn(methods);
  RegisterReconnet(methods);
}

}  // namespace chaosense
