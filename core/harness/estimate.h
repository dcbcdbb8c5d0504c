// What a run will take, learned from the cells that are in its ledger.
#ifndef CHAOSENSE_CORE_HARNESS_ESTIMATE_H_
#define CHAOSENSE_CORE_HARNESS_ESTIMATE_H_

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/harness/ledger.h"
#include "core/harness/plan.h"

namespace chaosense {

// How a finished cell resembles the one whose cost is to be told, the closest first.
enum class Likeness {
  kSame,          // all but the seed
  kOtherCipher,   // all but the seed and the cipher
  kOtherSetting,  // the same axes, seed and cipher aside: what the config sets differs
  kOtherRate,     // the experiment, method and map alone
};
inline constexpr size_t kLikenesses = 4;

struct Estimate {
  double seconds = 0;      // of computing, one cell after the other, with the fits
  double fit_seconds = 0;  // of these, for fitting or loading methods, each once
  double bytes = 0;        // of files and ledger lines
  std::array<int64_t, kLikenesses> known = {};  // cells, by the likeness of those they were told by
  int64_t unknown = 0;                          // cells that nothing is known about

  int64_t all_known() const;
};

// A cell is taken to cost the mean of the plan's finished cells that are most like it: the notes'
// wall_seconds without their fit_seconds, and the size of their files. A method is fitted once for
// all cells that share it (Cell::shares); that costs the most that such a cell has noted, or, where
// none has finished, one of the same method.
Estimate EstimateCost(const Plan& plan,
                      const std::vector<const Cell*>& to_run,
                      const Ledger& ledger,
                      const std::filesystem::path& run_folder);

// "of 14 cells 5 by cells that differ in the seed alone, 9 by cells of other settings (may be far
// off)": how the estimate came about.
std::string OriginOf(const Estimate& estimate);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_ESTIMATE_H_
