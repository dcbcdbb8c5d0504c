// Registers the iterative solvers: tval3, nlr_cs, damp.
#ifndef CHAOSENSE_CORE_SOLVERS_REGISTER_H_
#define CHAOSENSE_CORE_SOLVERS_REGISTER_H_

#include "core/sensing/reconstructor.h"

namespace chaosense {

void RegisterSolverMethods(ReconstructorRegistry& methods);

// One function a method, each in its own file.
void RegisterTval3(ReconstructorRegistry& methods);
void RegisterNlrCs(ReconstructorRegistry& methods);
void RegisterDamp(ReconstructorRegistry& methods);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SOLVERS_REGISTER_H_
