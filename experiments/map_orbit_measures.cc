// Measures of one orbit: exponents, tests of the series, dimensions.
#include <algorithm>
#include <cmath>

#include "core/analysis/correlation_dimension.h"
#include "core/analysis/density.h"
#include "core/analysis/kaplan_yorke.h"
#include "core/analysis/lyapunov.h"
#include "core/analysis/orbit.h"
#include "core/analysis/permutation_entropy.h"
#include "core/analysis/sample_entropy.h"
#include "core/analysis/sensitivity.h"
#include "core/analysis/zero_one.h"
#include "core/metrics/metric.h"
#include "experiments/map_study.h"

namespace chaosense {
namespace {

constexpr int64_t kTransient = 2000;

void Add(std::vector<Measurement>& values, const std::string& metric, double value) {
  values.push_back({"", metric, value});
}

// Flows are sampled where neighbours are no longer correlated; maps at every step.
int64_t SamplingOf(const ChaoticMap& map, const std::vector<double>& start) {
  if (!map.is_flow()) return 1;
  std::vector<double> state = start;
  return DecimationOf(Series(map, state, kTransient, 20000));
}

std::vector<double> SeriesFor(const MapSubject& subject, const MapMeasureContext& context) {
  const auto map = subject.family->Make();
  std::vector<double> state = StartState(*map, context.seed);
  const int64_t every = SamplingOf(*map, state);
  std::vector<double> series = Series(
      *map, state, kTransient, context.settings.at("series_length").get<int64_t>(), 0, every);
  if (HasEscaped(series)) throw RunError("the orbit escapes");
  return series;
}

}  // namespace

void MeasureMapLyapunov(const MapSubject& subject,
                        const MapMeasureContext& context,
                        std::vector<Measurement>& values) {
  const auto map = subject.family->Make();
  // A spectrum costs the cube of the dimension: lattices get fewer steps.
  const double size = std::max(1.0, static_cast<double>(map->dimension()) / 4);
  const auto steps = static_cast<int64_t>(
      static_cast<double>(context.settings.at("lyapunov_steps").get<int64_t>()) / (size * size));
  const LyapunovSpectrum spectrum =
      MeasureLyapunov(*map, StartState(*map, context.seed), {kTransient, steps, map->time_step()});
  if (spectrum.escaped) throw RunError("the orbit escapes");
  const size_t shown = std::min(kLyapunovMetrics, spectrum.exponents.size());
  double sum = 0;
  int positive = 0;
  for (size_t i = 0; i < spectrum.exponents.size(); ++i) {
    sum += spectrum.exponents[i];
    // A flow's exponent of 0 is not counted, nor is one within its error.
    positive += spectrum.exponents[i] > std::max(0.003, 3 * spectrum.errors[i]) ? 1 : 0;
  }
  for (size_t i = 0; i < shown; ++i)
    Add(values, fmt::format("lyapunov_{}", i + 1), spectrum.exponents[i]);
  Add(values, "lyapunov_error", spectrum.errors[0]);
  Add(values, "lyapunov_positive", positive);
  Add(values, "lyapunov_sum", sum);
  Add(values, "kaplan_yorke_dimension", KaplanYorkeDimension(spectrum.exponents));
}

void MeasureMapZeroOne(const MapSubject& subject,
                       const MapMeasureContext& context,
                       std::vector<Measurement>& values) {
  Add(values, "zero_one_k", ZeroOneTest(SeriesFor(subject, context), 100, context.seed));
}

void MeasureMapEntropies(const MapSubject& subject,
                         const MapMeasureContext& context,
                         std::vector<Measurement>& values) {
  const std::vector<double> series = SeriesFor(subject, context);
  const OrdinalPatterns patterns = CountPatterns(series, 5);
  Add(values, "permutation_entropy", patterns.NormalisedEntropy());
  Add(values, "missing_patterns", static_cast<double>(patterns.Missing()));
  Add(values, "sample_entropy", SampleEntropy(series));
  Add(values, "approximate_entropy", ApproximateEntropy(series));
}

void MeasureMapDimension(const MapSubject& subject,
                         const MapMeasureContext& context,
                         std::vector<Measurement>& values) {
  const auto map = subject.family->Make();
  std::vector<double> state = StartState(*map, context.seed);
  const int64_t every = SamplingOf(*map, state);
  constexpr int64_t kTheiler = 10;
  const std::vector<double> points = Trajectory(
      *map, state, 10 * kTransient, context.settings.at("dimension_points").get<int64_t>(), every);
  if (HasEscaped(points)) throw RunError("the orbit escapes");
  Add(values,
      "correlation_dimension",
      CorrelationDimension(MeasureCorrelationSum(points, map->dimension(), kTheiler)).value);
  // Every pair of values is compared for K2: fewer of them.
  const auto length = std::min(context.settings.at("series_length").get<size_t>(),
                               points.size() / map->dimension());
  std::vector<double> first;
  for (size_t i = 0; i < length; ++i) first.push_back(points[i * map->dimension()]);
  const double time = map->time_step() * static_cast<double>(every);
  Add(values, "correlation_entropy", CorrelationEntropy(first, 4, 1, kTheiler).value / time);
}

void MeasureMapSensitivity(const MapSubject& subject,
                           const MapMeasureContext& context,
                           std::vector<Measurement>& values) {
  const auto map = subject.family->Make();
  const Sensitivity s = MeasureSensitivity(*map, SensitivityOptionsFor(*map, context.seed));
  if (std::isnan(s.steps_to_tenth)) throw RunError("the orbits escape");
  Add(values, "sensitivity_steps", s.steps_to_tenth * (map->is_flow() ? map->time_step() : 1));
}

void MeasureMapDensity(const MapSubject& subject,
                       const MapMeasureContext& context,
                       std::vector<Measurement>& values) {
  const auto map = subject.family->Make();
  std::vector<double> state = StartState(*map, context.seed);
  const std::vector<double> series = Series(*map, state, kTransient, 100000);
  if (HasEscaped(series)) throw RunError("the orbit escapes");
  const MapVariable& first = map->info().state[0];
  const Density density = MeasureDensity(series, 256, first.low, first.high);
  Add(values, "density_entropy", density.Entropy());
  Add(values, "density_unevenness", density.Chi2OverN());
}

}  // namespace chaosense
