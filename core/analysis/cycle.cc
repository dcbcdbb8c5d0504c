#include "core/analysis/cycle.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/confidence.h"
#include "core/analysis/orbit.h"
#include "core/analysis/parallel.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

// One kind of step for both: float64 needs no rounding and is much faster without.
class Stepper {
 public:
  Stepper(const ChaoticMap& map, const NumberFormat& format) : map_(map), format_(format) {}
  void operator()(std::vector<double>& state) const {
    if (format_.is_float64()) {
      map_.Step(state);
    } else {
      map_.StepIn(format_, state);
    }
  }

 private:
  const ChaoticMap& map_;
  const NumberFormat& format_;
};

// Beyond all bounds, or at the end of a fixed-point format, where what diverges comes to rest.
bool HasLeft(const std::vector<double>& state, const NumberFormat& format) {
  if (HasEscaped(state)) return true;
  if (!format.is_fixed()) return false;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double low = format.Round(-kInfinity);
  const double high = format.Round(kInfinity);
  return std::ranges::any_of(state, [&](double value) { return value <= low || value >= high; });
}

Cycle Escaped() {
  Cycle cycle;
  cycle.escaped = true;
  return cycle;
}

}  // namespace

Cycle FindCycle(const ChaoticMap& map,
                std::vector<double> state,
                const NumberFormat& format,
                int64_t limit) {
  const Stepper step(map, format);
  for (double& value : state) value = format.Round(value);
  const std::vector<double> start = state;
  std::vector<double> anchor = state;
  step(state);
  int64_t length = 1;
  int64_t power = 1;
  int64_t steps = 1;
  while (anchor != state) {  // true of what is not a number as well
    if (HasLeft(state, format)) return Escaped();
    if (steps++ >= limit) return {};
    if (power == length) {
      anchor = state;
      power *= 2;
      length = 0;
    }
    step(state);
    ++length;
  }
  if (HasLeft(state, format)) return Escaped();  // at rest at infinity
  // Two walkers one cycle apart meet where the cycle begins.
  std::vector<double> ahead = start;
  std::vector<double> behind = start;
  for (int64_t i = 0; i < length; ++i) step(ahead);
  int64_t tail = 0;
  for (; ahead != behind; ++tail) {
    step(ahead);
    step(behind);
  }
  return {true, false, length, tail, behind};
}

double CycleStudy::FoundShare() const {
  return static_cast<double>(found) / static_cast<double>(bounded());
}

double CycleStudy::ShareUpTo(int64_t length) const {
  int64_t short_ones = 0;
  for (const auto& [one, count] : lengths) short_ones += one <= length ? count : 0;
  return static_cast<double>(short_ones) / static_cast<double>(bounded());
}

CycleStudy StudyCycles(const ChaoticMap& map,
                       const NumberFormat& format,
                       int starts,
                       int64_t limit,
                       uint64_t seed,
                       int threads,
                       bool anywhere) {
  CHAOSENSE_CHECK(starts >= 1);
  std::vector<std::vector<double>> from;
  RandomStream random(fmt::format("cycles|{}|{}", map.info().name, seed));
  for (int i = 0; i < starts; ++i) {
    from.push_back(anywhere ? RandomState(map, random) : StartState(map, StartSeed(seed, i)));
  }
  std::vector<Cycle> cycles(from.size());
  ParallelFor(starts, threads, [&](int64_t i) {
    const auto at = static_cast<size_t>(i);
    cycles[at] = FindCycle(map, from[at], format, limit);
  });
  CycleStudy study;
  study.starts = starts;
  double tails = 0;
  std::vector<double> lengths;
  for (const Cycle& cycle : cycles) {
    if (cycle.escaped) {
      ++study.escaped;
      continue;
    }
    lengths.push_back(cycle.found ? static_cast<double>(cycle.length)
                                  : std::numeric_limits<double>::infinity());
    if (!cycle.found) continue;
    ++study.found;
    ++study.lengths[cycle.length];
    tails += static_cast<double>(cycle.tail);
    study.longest = std::max(study.longest, static_cast<double>(cycle.length + cycle.tail));
  }
  study.mean_tail = tails / static_cast<double>(study.found);
  study.median_length =
      lengths.empty() ? std::numeric_limits<double>::quiet_NaN() : MedianOf(std::move(lengths));
  return study;
}

}  // namespace chaosense
