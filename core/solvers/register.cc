#include "core/solvers/register.h"

namespace chaosense {

void RegisterSolverMethods(ReconstructorRegistry& methods) {
  RegisterTval3(methods);
  RegisterNlrCs(methods);
  RegisterDamp(methods);
}

}  // namespace chaosense
