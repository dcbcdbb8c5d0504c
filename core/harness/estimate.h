// What a run will take, learned from the cells that are in its ledger.
#ifndef CHAOSENSE_CORE_HARNESS_ESTIMATE_H_
#define CHAOSENSE_CORE_HARNESS_ESTIMATE_H_

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/harness/ledger.h"
#include "core/harness/plan.h"

namespace chaosense {

struct Estimate {
  double seconds = 0;   // of computing, one cell after the other
  double bytes = 0;     // of files and ledger lines
  int64_t known = 0;    // cells that the figures cover: some like them were measured
  int64_t unknown = 0;  // cells that nothing is known about
};

// A cell is taken to cost the mean of the plan's finished cells of the same experiment, method,
// cipher and map; their times are the notes' wall_seconds, their sizes those of their files.
Estimate EstimateCost(const Plan& plan,
                      const std::vector<const Cell*>& to_run,
                      const Ledger& ledger,
                      const std::filesystem::path& run_folder);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_ESTIMATE_H_
