#include "core/solvers/register.h"

namespace chaosense {

void RegisterSolverMethods(ReconstructorRegistry& methods) { RegisterTval3(methods); }

}  // namespace chaosense
