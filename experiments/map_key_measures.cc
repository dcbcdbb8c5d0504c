// Measures of a map as key material: finite precision, dead zones, equivalent keys.
#include <algorithm>
#include <cmath>

#include "core/analysis/box_scan.h"
#include "core/analysis/cycle.h"
#include "core/analysis/equivalent_keys.h"
#include "core/analysis/key_bits.h"
#include "core/analysis/orbit.h"
#include "core/analysis/orbit_kind.h"
#include "core/analysis/quantiser.h"
#include "experiments/map_study.h"

namespace chaosense {
namespace {

void Add(std::vector<Measurement>& values, const std::string& metric, double value) {
  values.push_back({"", metric, value});
}

EquivalenceScan EquivalentKeysOf(const MapSubject& subject, const MapMeasureContext& context) {
  EquivalenceOptions options;
  options.keys = context.settings.at("key_count").get<int>();
  options.threads = context.threads;
  options.seed = context.seed;
  options.extractor = ExtractorFor(*subject.family, context.settings.at("extractor"));
  // Pairs of changes are thousands where there are many reals, and an orbit of a lattice is slow.
  options.pairs = KeyRealsOf(*subject.family).size() <= 4;
  return ScanEquivalentKeys(*subject.family, options);
}

OrbitOptions OrbitOptionsFor(const MapFamily& family) {
  OrbitOptions options;
  if (!family.info().flow) return options;
  // Time for the transient and the exponent, whatever the step.
  const double step = family.Make()->time_step();
  options.transient = std::llround(20 / step);
  options.steps = std::llround(40 / step);
  options.least_exponent = 0.02;  // of so short a time
  options.bounded = std::llround(500 / step);
  return options;
}

}  // namespace

void MeasureMapCycles(const MapSubject& subject,
                      const MapMeasureContext& context,
                      std::vector<Measurement>& values) {
  const auto map = subject.family->Make();
  const int starts = context.settings.at("cycle_starts").get<int>();
  const auto limit = context.settings.at("cycle_limit").get<int64_t>();
  for (const NumberFormat& format :
       {NumberFormat::Float16(), NumberFormat::Float32(), NumberFormat::Fixed(32)}) {
    // A lattice or a flow takes many operations a step.
    const auto budget =
        static_cast<int64_t>(static_cast<double>(limit) / static_cast<double>(map->dimension()));
    const CycleStudy study = StudyCycles(
        *map, format, starts, map->is_flow() ? budget / 4 : budget, context.seed, context.threads);
    if (study.bounded() > 0) Add(values, "cycle_median_" + format.name(), study.median_length);
    if (format.name() != "float32") continue;
    Add(values, "cycle_escaped_float32", static_cast<double>(study.escaped) / starts);
    if (study.bounded() > 0) Add(values, "cycle_found_float32", study.FoundShare());
    if (study.found > 0) Add(values, "tail_mean_float32", study.mean_tail);
  }
  const auto most = context.settings.at("double_cycle_limit").get<int64_t>();
  if (most == 0) return;
  const CycleStudy study = StudyCycles(*map,
                                       NumberFormat::Float64(),
                                       2,
                                       most / static_cast<int64_t>(map->dimension()),
                                       context.seed,
                                       context.threads,
                                       /*anywhere=*/false);
  if (study.bounded() > 0) Add(values, "cycle_found_float64", study.FoundShare());
}

void MeasureMapBox(const MapSubject& subject,
                   const MapMeasureContext& context,
                   std::vector<Measurement>& values) {
  if (subject.family->FreeParameters().empty()) return;
  BoxOptions options;
  options.points = context.settings.at("box_points").get<int64_t>();
  options.starts = context.settings.at("box_starts").get<int>();
  options.threads = context.threads;
  options.seed = context.seed;
  options.orbit = OrbitOptionsFor(*subject.family);
  if (subject.family->info().flow) options.points = std::max<int64_t>(20, options.points / 10);
  const BoxScan scan = ScanBox(*subject.family, options);
  Add(values, "dead_zone", scan.DeadShare());
  Add(values, "dead_zone_escaped", scan.Share(OrbitKind::kEscaped));
  Add(values, "dead_zone_collapsed", scan.Share(OrbitKind::kCollapsed));
  Add(values, "dead_zones", static_cast<double>(scan.Zones().size()));
}

void MeasureMapKeys(const MapSubject& subject,
                    const MapMeasureContext& context,
                    std::vector<Measurement>& values) {
  const EquivalenceScan scan = EquivalentKeysOf(subject, context);
  if (!std::isnan(scan.unrelated)) Add(values, "unrelated_keys_meet", scan.unrelated);
  if (!scan.Meaningful()) return;
  double most = 0;
  for (const Equivalence& one : scan.found) most = std::max(most, one.same());
  const auto full =
      std::ranges::count_if(scan.found, [](const auto& one) { return one.same() > 0; });
  Add(values, "equivalent_keys", static_cast<double>(full));
  Add(values, "equivalent_keys_share", most);
}

void MeasureMapKeyBits(const MapSubject& subject,
                       const MapMeasureContext& context,
                       std::vector<Measurement>& values) {
  KeyBitsOptions options;
  options.keys = context.settings.at("key_bit_count").get<int>();
  options.orbit = OrbitOptionsFor(*subject.family);
  options.tries = context.settings.at("key_tries").get<int64_t>();
  options.seed = context.seed;
  options.extractor = ExtractorFor(*subject.family, context.settings.at("extractor"));
  // A flow takes thousands of steps until a change of the last bit shows.
  if (subject.family->info().flow) {
    options.keys = std::min(options.keys, 8);
    options.tries = std::max<int64_t>(20, options.tries / 10);
  }
  const KeyBits bits = MeasureKeyBits(*subject.family, options);
  const EquivalenceScan equivalent = EquivalentKeysOf(subject, context);
  const double lost = equivalent.Meaningful() ? equivalent.lost_bits : 0;
  Add(values, "key_bits", bits.total(lost));
  Add(values, "key_bits_state", bits.total_state(lost));
  Add(values, "key_bits_resolved", bits.resolved());
  Add(values, "usable_keys", bits.usable_share);
  Add(values, "basin", bits.usable_state_share);
}

void MeasureMapQuantiser(const MapSubject& subject,
                         const MapMeasureContext& context,
                         std::vector<Measurement>& values) {
  const auto map = subject.family->Make();
  const auto samples = context.settings.at("quantiser_samples").get<int64_t>();
  const auto all =
      MeasureQuantisers(*map, StartState(*map, context.seed), samples, {{14, 0}, {16, 0}, {0, 32}});
  for (const auto& [i, name] :
       {std::pair<size_t, const char*>{0, "decimal14"}, {1, "decimal16"}, {2, "binary32"}}) {
    if (all[i].bytes < samples) break;
    Add(values, std::string("quantiser_chi2_") + name, all[i].chi2);
    if (i == 1) Add(values, "quantiser_odd_decimal16", all[i].odd);
  }
  // The kinds that those leave out, and the keystream's own. A bit a step: fewer bytes by a
  // threshold. An orbit that escapes meanwhile has no such figures; a keystream begins anew.
  Bytes bytes(static_cast<size_t>(samples));
  const std::shared_ptr<const ChaoticMap> shared = subject.family->Make();
  for (const auto& [kind, steps] :
       {std::pair<const char*, size_t>{"mantissa", 1}, {"threshold", 8}}) {
    OrbitByteStream stream(shared,
                           ParseExtractor({{"kind", kind}}, shared->info(), "extractor"),
                           StartState(*shared, context.seed));
    const auto own = std::span(bytes).first(bytes.size() / steps);
    try {
      stream.Fill(own);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kRun) throw;
      continue;
    }
    Add(values, std::string("quantiser_chi2_") + kind, MeasureByteBias(own).chi2);
  }
  KeystreamOf(subject, context.seed, context.settings.at("extractor"))(bytes);
  const ByteBias own = MeasureByteBias(bytes);
  Add(values, "extractor_chi2", own.chi2);
  Add(values, "extractor_odd", own.odd_share);
}

}  // namespace chaosense
