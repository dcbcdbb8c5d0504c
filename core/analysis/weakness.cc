#include "core/analysis/weakness.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/orbit.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

std::string Range(const DeadZone& zone) {
  return zone.low == zone.high
             ? fmt::format("{} = {:.6g}", zone.parameter, zone.low)
             : fmt::format("{} = {:.6g} .. {:.6g}", zone.parameter, zone.low, zone.high);
}

void AddZones(const BoxScan& scan, std::vector<Weakness>& found) {
  for (const DeadZone& zone : scan.Zones()) {
    const bool collapsed = zone.what == OrbitKindName(OrbitKind::kCollapsed);
    found.push_back(
        {collapsed ? WeaknessKind::kCollapse : WeaknessKind::kDeadZone,
         Range(zone),
         fmt::format("{:.1f} % of the orbits at {} points are not chaotic, most of them "
                     "{}",
                     100 * zone.share,
                     zone.points,
                     zone.what),
         zone.share});
  }
}

void AddCycles(const ChaoticMap& map,
               const NumberFormat& format,
               int starts,
               int64_t limit,
               const WeaknessOptions& options,
               std::vector<Weakness>& found) {
  const CycleStudy study = StudyCycles(map, format, starts, limit, options.seed, options.threads);
  if (study.found == 0) return;
  std::string lengths;
  int listed = 0;
  for (const auto& [length, count] : study.lengths) {
    if (++listed > 8) break;
    lengths += fmt::format("{}{} ({})", lengths.empty() ? "" : ", ", length, count);
  }
  if (study.lengths.size() > 8) lengths += ", ...";
  const double share = static_cast<double>(study.found) / static_cast<double>(study.starts);
  found.push_back(
      {WeaknessKind::kShortCycle,
       format.name(),
       fmt::format("{} of {} orbits repeat within {} steps; cycle lengths (orbits): {}; "
                   "mean tail {:.4g}",
                   study.found,
                   study.starts,
                   limit,
                   lengths,
                   study.mean_tail),
       share});
}

void AddKeys(const EquivalenceScan& scan, std::vector<Weakness>& found) {
  if (!scan.Meaningful()) return;  // other searches say that the map is not chaotic
  for (const Equivalence& one : scan.found) {
    found.push_back({WeaknessKind::kEquivalentKeys,
                     one.change,
                     fmt::format("of {} keys {:.1f} % give the identical stream, {:.1f} % one that "
                                 "becomes identical, {:.1f} % a mirrored one",
                                 one.tried,
                                 100 * one.identical,
                                 100 * one.converging,
                                 100 * one.mirrored),
                     one.identical + one.converging + one.mirrored});
  }
}

void AddKeyBits(const KeyBits& bits, std::vector<Weakness>& found) {
  constexpr int kExpected = 44;  // of the 52 or 53 that a double holds over a range of its size
  for (const RealBits& real : bits.reals) {
    if (real.bits >= kExpected) continue;
    found.push_back(
        {WeaknessKind::kLostKeyBits,
         real.real.name,
         real.bits == 0 ? std::string("does not change the stream of most keys")
                        : fmt::format("changes below 2^-{} of its range do not change most streams",
                                      real.bits),
         1});
  }
}

void AddQuantisers(const std::vector<QuantiserBias>& all, std::vector<Weakness>& found) {
  constexpr double kSmallest = 1e-9;  // p-values of a map that merely is not independent end above
  for (const QuantiserBias& one : all) {
    if (!(one.p < kSmallest)) continue;
    found.push_back(
        {WeaknessKind::kBiasedBytes,
         one.rule.Name(),
         fmt::format("chi-square {:.4g} over 255 degrees in {} bytes, {:.1f} % odd, {:.4f} "
                     "bits of entropy",
                     one.chi2,
                     one.bytes,
                     100 * one.odd,
                     one.entropy),
         one.bias});
  }
}

}  // namespace

WeaknessReport FindWeaknesses(const MapFamily& family, const WeaknessOptions& options) {
  WeaknessReport report;
  BoxOptions box = options.box;
  box.threads = options.threads;
  box.seed = options.seed;
  if (!family.FreeParameters().empty()) {
    report.box = ScanBox(family, box);
    AddZones(report.box, report.found);
  }
  const auto map = family.Make();
  for (const NumberFormat& format : {NumberFormat::Float16(), NumberFormat::Float32()})
    AddCycles(*map, format, options.cycle_starts, options.cycle_limit, options, report.found);
  if (options.double_cycle_limit > 0)
    AddCycles(*map, NumberFormat::Float64(), 4, options.double_cycle_limit, options, report.found);
  EquivalenceOptions keys = options.keys;
  keys.threads = options.threads;
  keys.seed = options.seed;
  report.keys = ScanEquivalentKeys(family, keys);
  AddKeys(report.keys, report.found);
  KeyBitsOptions bits = options.key_bits;
  bits.seed = options.seed;
  report.key_bits = MeasureKeyBits(family, bits);
  AddKeyBits(report.key_bits, report.found);
  report.quantisers = MeasureQuantisers(
      *map, StartState(*map, options.seed), options.quantiser_samples, CommonQuantisers());
  AddQuantisers(report.quantisers, report.found);
  return report;
}

std::string WeaknessName(WeaknessKind kind) {
  switch (kind) {
    case WeaknessKind::kDeadZone:
      return "dead zone";
    case WeaknessKind::kCollapse:
      return "collapse";
    case WeaknessKind::kShortCycle:
      return "short cycles";
    case WeaknessKind::kEquivalentKeys:
      return "equivalent keys";
    case WeaknessKind::kLostKeyBits:
      return "lost key bits";
    case WeaknessKind::kBiasedBytes:
      return "biased bytes";
  }
  CHAOSENSE_CHECK(false, "bad kind");
}

}  // namespace chaosense
