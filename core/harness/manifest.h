// manifest.json of a run folder: everything needed to say how its numbers came about. It holds
// times and paths and so differs from run to run; results and tables hold none of it.
#ifndef CHAOSENSE_CORE_HARNESS_MANIFEST_H_
#define CHAOSENSE_CORE_HARNESS_MANIFEST_H_

#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/harness/plan.h"

namespace chaosense {

struct ManifestInput {
  std::vector<std::string> arguments;  // the command line
  Json build;                          // code version, compiler, library versions
  std::string executor;
  int jobs = 1;     // processes that compute cells
  int threads = 1;  // of each
  std::string device;
  std::string started;
};

// Without "cells" and "finished", which are known at the end.
Json MakeManifest(const Plan& plan, const DataFolder& data, const ManifestInput& input);

// CPU model, logical CPUs, kernel, and the files of the numerical libraries that this process
// really loaded (which BLAS stands behind libblas.so.3 is a choice of the machine).
Json DescribeMachine();

// OpenMP and, if it is the BLAS behind us, OpenBLAS, which otherwise each take every core.
void SetThreads(int threads);

int AvailableCpus();  // those this process may run on, at least 1

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_MANIFEST_H_
