// Measures of one orbit: exponents, tests of the series, dimensions.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/analysis/correlation_dimension.h"
#include "core/analysis/correlation_entropy.h"
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

// Steps from sample to sample: of flows `lag_of` a long orbit, the same one for every seed, since
// the autocorrelation of a short one, and all that follows from the samples, would differ between
// seeds; of maps 1.
int64_t SamplingOf(const ChaoticMap& map, int64_t (*lag_of)(std::span<const double>)) {
  constexpr int64_t kLong = 200000;
  if (!map.is_flow()) return 1;
  std::vector<double> state = StartState(map, 0);
  return lag_of(Series(map, state, kTransient, kLong));
}

std::vector<double> SeriesFor(const MapSubject& subject, const MapMeasureContext& context) {
  const auto map = subject.family->Make();
  std::vector<double> state = StartState(*map, context.seed);
  const int64_t every = SamplingOf(*map, DecimationOf);
  std::vector<double> series = Series(
      *map, state, kTransient, context.settings.at("series_length").get<int64_t>(), 0, every);
  if (HasEscaped(series)) throw RunError("the orbit escapes");
  return series;
}

LyapunovSpectrum SpectrumFor(const ChaoticMap& map, const MapMeasureContext& context) {
  // A spectrum costs the cube of the dimension: lattices get fewer steps.
  const double size = std::max(1.0, static_cast<double>(map.dimension()) / 4);
  const auto steps = static_cast<int64_t>(
      static_cast<double>(context.settings.at("lyapunov_steps").get<int64_t>()) / (size * size));
  const LyapunovSpectrum spectrum =
      MeasureLyapunov(map, StartState(map, context.seed), {kTransient, steps, map.time_step()});
  if (spectrum.escaped) throw RunError("the orbit escapes");
  return spectrum;
}

// K2 a step, or a unit of time; NaN where there is no plateau, or a false one: K2 is at most the
// sum of the positive exponents (Ruelle), 30 % of which are left to the errors of both.
double CorrelationEntropyOf(const ChaoticMap& map, const MapMeasureContext& context) {
  constexpr int64_t kTheiler = 20;
  constexpr int64_t kMostValues = 10000;  // every pair of them is compared
  constexpr double kSlack = 1.3;
  const int64_t every = SamplingOf(map, CorrelationTimeOf);
  const auto count = std::min(kMostValues, context.settings.at("dimension_points").get<int64_t>());
  std::vector<double> state = StartState(map, context.seed);
  const std::vector<double> series = Series(map, state, 10 * kTransient, count, 0, every);
  if (HasEscaped(series)) throw RunError("the orbit escapes");
  const double entropy =
      CorrelationEntropy(series, kTheiler).value / (map.time_step() * static_cast<double>(every));
  double largest = 0;
  for (const double exponent : SpectrumFor(map, context).exponents)
    largest += std::max(0.0, exponent);
  return entropy <= kSlack * largest ? entropy : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

void MeasureMapLyapunov(const MapSubject& subject,
                        const MapMeasureContext& context,
                        std::vector<Measurement>& values) {
  const auto map = subject.family->Make();
  const LyapunovSpectrum spectrum = SpectrumFor(*map, context);
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
  const int64_t every = SamplingOf(*map, DecimationOf);
  constexpr int64_t kTheiler = 10;
  const std::vector<double> points = Trajectory(
      *map, state, 10 * kTransient, context.settings.at("dimension_points").get<int64_t>(), every);
  if (HasEscaped(points)) throw RunError("the orbit escapes");
  Add(values,
      "correlation_dimension",
      CorrelationDimension(MeasureCorrelationSum(points, map->dimension(), kTheiler)).value);
  const double entropy = CorrelationEntropyOf(*map, context);
  if (!std::isnan(entropy)) Add(values, "correlation_entropy", entropy);
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
