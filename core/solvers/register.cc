#include "core/solvers/register.h"

namespace chaosense {

void RegisterSolverMethods(ReconstructorRegistry&) {}

}  // namespace chaosense
