#include "core/analysis/orbit.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"

namespace chaosense {

bool HasEscaped(std::span<const double> state) {
  return std::any_of(state.begin(), state.end(), [](double value) {
    return !(std::fabs(value) <= kEscapeRadius);
  });
}

std::vector<double> RandomState(const ChaoticMap& map, RandomStream& random) {
  std::vector<double> state;
  for (const MapVariable& variable : map.info().state)
    state.push_back(variable.low + (variable.high - variable.low) * random.Uniform());
  return state;
}

std::vector<double> StartState(const ChaoticMap& map, uint64_t seed) {
  constexpr double kMove = 0.02;  // of the domain's width
  constexpr int kTries = 8;       // each with a tenth of the move before
  constexpr int kSteps = 1000;
  RandomStream random(fmt::format("start of {}|{}", map.info().name, seed));
  std::vector<double> direction;
  for (size_t i = 0; i < map.dimension(); ++i) direction.push_back(2 * random.Uniform() - 1);
  double move = kMove;
  for (int attempt = 0; attempt < kTries; ++attempt, move /= 10) {
    std::vector<double> start = map.InitialState();
    for (size_t i = 0; i < start.size(); ++i) {
      const MapVariable& variable = map.info().state[i];
      const double moved = start[i] + move * (variable.high - variable.low) * direction[i];
      if (moved > variable.low && moved < variable.high) start[i] = moved;
    }
    std::vector<double> state = start;
    bool bounded = true;
    for (int step = 0; step < kSteps && bounded; ++step) {
      map.Step(state);
      bounded = !HasEscaped(state);
    }
    if (bounded) return start;
  }
  return map.InitialState();
}

std::vector<double> Series(const ChaoticMap& map,
                           std::vector<double>& state,
                           int64_t transient,
                           int64_t count,
                           size_t coordinate,
                           int64_t every) {
  CHAOSENSE_CHECK(coordinate < state.size() && every >= 1);
  for (int64_t i = 0; i < transient; ++i) map.Step(state);
  std::vector<double> series(static_cast<size_t>(count));
  for (double& value : series) {
    for (int64_t i = 0; i < every; ++i) map.Step(state);
    value = state[coordinate];
  }
  return series;
}

std::vector<double> Trajectory(const ChaoticMap& map,
                               std::vector<double>& state,
                               int64_t transient,
                               int64_t count,
                               int64_t every) {
  CHAOSENSE_CHECK(every >= 1);
  for (int64_t i = 0; i < transient; ++i) map.Step(state);
  std::vector<double> points;
  points.reserve(static_cast<size_t>(count) * state.size());
  for (int64_t k = 0; k < count; ++k) {
    for (int64_t i = 0; i < every; ++i) map.Step(state);
    points.insert(points.end(), state.begin(), state.end());
  }
  return points;
}

namespace {

// The first lag at which the autocorrelation is at most `level`; 1 if there is none.
int64_t FirstLagBelow(std::span<const double> series, double level) {
  const auto n = static_cast<int64_t>(series.size());
  double mean = 0;
  for (const double value : series) mean += value / static_cast<double>(n);
  double variance = 0;
  for (const double value : series) variance += (value - mean) * (value - mean);
  for (int64_t lag = 1; lag < n / 20; ++lag) {
    double sum = 0;
    for (int64_t i = 0; i + lag < n; ++i) {
      const auto at = static_cast<size_t>(i);
      sum += (series[at] - mean) * (series[at + static_cast<size_t>(lag)] - mean);
    }
    if (sum <= level * variance) return lag;
    // Maps lose their memory within a step or two; only a flow is still strongly correlated there.
    if (lag == 1 && sum < 0.9 * variance) return 1;
  }
  return 1;
}

}  // namespace

int64_t DecimationOf(std::span<const double> series) { return FirstLagBelow(series, 0); }

int64_t CorrelationTimeOf(std::span<const double> series) {
  return FirstLagBelow(series, 1 / std::numbers::e);
}

}  // namespace chaosense
