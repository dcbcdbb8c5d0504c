#include "core/analysis/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/analysis/confidence.h"
#include "core/analysis/orbit.h"
#include "core/base/error.h"

namespace chaosense {

SensitivityOptions SensitivityOptionsFor(const ChaoticMap& map, uint64_t seed) {
  SensitivityOptions options;
  options.pairs = 20;
  options.steps = map.is_flow() ? std::llround(80 / map.time_step()) : 1000;
  options.seed = seed;
  return options;
}

Sensitivity MeasureSensitivity(const ChaoticMap& map, const SensitivityOptions& options) {
  CHAOSENSE_CHECK(options.pairs >= 1 && options.steps >= 1 && options.offset > 0);
  const MapVariable& first = map.info().state[0];
  const double width = first.high - first.low;
  // Distances below this are rounding; an exact meeting counts as this.
  constexpr double kLeast = 0x1p-60;
  std::vector<double> sums(static_cast<size_t>(options.steps) + 1, 0.0);
  std::vector<double> pair_logs(sums.size());
  double reached_sum = 0;
  int reached = 0;
  int pairs = 0;
  for (int pair = 0; pair < options.pairs; ++pair) {
    std::vector<double> a = StartState(map, StartSeed(options.seed, pair));
    for (int64_t step = 0; step < options.transient; ++step) map.Step(a);
    std::vector<double> b = a;
    const double offset = options.offset * width;
    b[0] += b[0] + offset <= first.high ? offset : -offset;
    std::optional<size_t> apart;
    for (size_t step = 0; step < pair_logs.size(); ++step) {
      double distance = 0;
      for (size_t i = 0; i < a.size(); ++i) {
        const MapVariable& variable = map.info().state[i];
        distance = std::max(distance, std::fabs(a[i] - b[i]) / (variable.high - variable.low));
      }
      pair_logs[step] = std::log(std::max(distance, kLeast));
      if (!apart && distance >= 0.1) apart = step;
      map.Step(a);
      map.Step(b);
    }
    if (HasEscaped(a) || HasEscaped(b)) continue;
    ++pairs;
    for (size_t step = 0; step < sums.size(); ++step) sums[step] += pair_logs[step];
    if (!apart) continue;
    ++reached;
    reached_sum += static_cast<double>(*apart);
  }
  Sensitivity result;
  std::vector<double> steps;
  std::vector<double> logs;
  bool growing = true;
  for (size_t step = 0; step < sums.size(); ++step) {
    const double mean = sums[step] / pairs;  // NaN if there are none
    result.mean_log_distance.push_back(mean);
    growing = growing && mean < std::log(1e-3);
    if (!growing || mean < std::log(10 * options.offset)) continue;
    steps.push_back(static_cast<double>(step));
    logs.push_back(mean);
  }
  result.rate =
      steps.size() >= 2 ? FitLine(steps, logs).slope : std::numeric_limits<double>::quiet_NaN();
  result.steps_to_tenth = pairs == 0            ? std::numeric_limits<double>::quiet_NaN()
                          : 2 * reached > pairs ? reached_sum / reached
                                                : std::numeric_limits<double>::infinity();
  return result;
}

}  // namespace chaosense
