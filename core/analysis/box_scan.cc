#include "core/analysis/box_scan.h"

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <limits>
#include <map>

#include "core/analysis/orbit.h"
#include "core/analysis/parallel.h"
#include "core/base/error.h"

namespace chaosense {
namespace {

constexpr size_t kSlices = 20;

std::vector<BoxRange> WholeBox(const MapFamily& family) {
  std::vector<BoxRange> box;
  for (const MapParameter& parameter : family.FreeParameters())
    box.push_back({parameter.name, parameter.minimum, parameter.maximum});
  return box;
}

void CheckBox(const MapFamily& family, const std::vector<BoxRange>& box) {
  for (const BoxRange& range : box) {
    const MapParameter& parameter = family.Parameter(range.parameter);
    if (range.low < range.high && range.low >= parameter.minimum && range.high <= parameter.maximum)
      continue;
    throw ConfigError("map {}: the range {} to {} of {} is not within {} to {}",
                      family.info().name,
                      range.low,
                      range.high,
                      range.parameter,
                      parameter.minimum,
                      parameter.maximum);
  }
}

double Between(const BoxRange& range, double share) {
  return share >= 1 ? range.high : range.low + share * (range.high - range.low);
}

std::vector<BoxPoint> PlacePoints(const std::vector<BoxRange>& box, int64_t count) {
  std::vector<BoxPoint> points;
  if (box.empty()) return {BoxPoint{}};
  if (box.size() == 1) {
    for (int64_t i = 0; i < count; ++i) {
      const double share =
          count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
      points.push_back({{{box[0].parameter, Between(box[0], share)}}, {}});
    }
    return points;
  }
  if (box.size() <= 4) {
    for (size_t corner = 0; corner < size_t{1} << box.size(); ++corner) {
      BoxPoint point;
      for (size_t d = 0; d < box.size(); ++d)
        point.values[box[d].parameter] = (corner >> d & 1) != 0 ? box[d].high : box[d].low;
      points.push_back(std::move(point));
    }
  }
  boost::random::sobol sequence(box.size());
  sequence.discard(box.size());  // the origin, a corner
  while (static_cast<int64_t>(points.size()) < count) {
    BoxPoint point;
    for (const BoxRange& range : box)
      point.values[range.parameter] = Between(range, static_cast<double>(sequence()) * 0x1p-64);
    points.push_back(std::move(point));
  }
  return points;
}

// What the orbits of some points are.
struct Tally {
  std::map<OrbitKind, int64_t> kinds;
  int64_t orbits = 0;
  int64_t dead = 0;
  int64_t points = 0;

  void Add(const BoxPoint& point) {
    ++points;
    for (const OrbitVerdict& verdict : point.verdicts) {
      ++orbits;
      if (verdict.chaotic()) continue;
      ++dead;
      ++kinds[verdict.kind];
    }
  }
  void Add(const Tally& other) {
    for (const auto& [kind, count] : other.kinds) kinds[kind] += count;
    orbits += other.orbits;
    dead += other.dead;
    points += other.points;
  }
  bool IsDead() const { return orbits > 0 && 2 * dead >= orbits; }
  std::string Commonest() const {
    const auto most =
        std::max_element(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        });
    return most == kinds.end() ? "" : OrbitKindName(most->first);
  }
};

struct Slice {
  double low;
  double high;
  Tally tally;
};

void AddRuns(const std::string& parameter,
             const std::vector<Slice>& slices,
             std::vector<DeadZone>& zones) {
  for (size_t i = 0; i < slices.size(); ++i) {
    if (!slices[i].tally.IsDead()) continue;
    Tally run;
    const size_t first = i;
    for (; i < slices.size() && slices[i].tally.IsDead(); ++i) run.Add(slices[i].tally);
    zones.push_back({parameter,
                     slices[first].low,
                     slices[i - 1].high,
                     static_cast<double>(run.dead) / static_cast<double>(run.orbits),
                     run.Commonest(),
                     run.points});
  }
}

}  // namespace

double BoxPoint::DeadShare() const {
  const auto dead = std::count_if(
      verdicts.begin(), verdicts.end(), [](const OrbitVerdict& v) { return !v.chaotic(); });
  return static_cast<double>(dead) / static_cast<double>(verdicts.size());
}

double BoxScan::DeadShare() const { return 1 - Share(OrbitKind::kChaotic); }

double BoxScan::Share(OrbitKind kind) const {
  int64_t of_kind = 0;
  int64_t orbits = 0;
  for (const BoxPoint& point : points) {
    for (const OrbitVerdict& verdict : point.verdicts) {
      ++orbits;
      of_kind += verdict.kind == kind ? 1 : 0;
    }
  }
  return static_cast<double>(of_kind) / static_cast<double>(orbits);
}

double BoxScan::LargestExponent() const {
  double largest = std::numeric_limits<double>::quiet_NaN();
  for (const BoxPoint& point : points) {
    for (const OrbitVerdict& verdict : point.verdicts) {
      if (!(verdict.exponent <= largest) && !std::isnan(verdict.exponent))
        largest = verdict.exponent;
    }
  }
  return largest;
}

std::vector<DeadZone> BoxScan::Zones() const {
  std::vector<DeadZone> zones;
  for (const BoxRange& range : box) {
    std::vector<Slice> slices;
    if (box.size() == 1) {
      for (const BoxPoint& point : points) {
        const double at = point.values.at(range.parameter);
        slices.push_back({at, at, {}});
        slices.back().tally.Add(point);
      }
    } else {
      for (size_t s = 0; s < kSlices; ++s) {
        slices.push_back({Between(range, static_cast<double>(s) / kSlices),
                          Between(range, static_cast<double>(s + 1) / kSlices),
                          {}});
      }
      for (const BoxPoint& point : points) {
        const double share =
            (point.values.at(range.parameter) - range.low) / (range.high - range.low);
        const auto slice = static_cast<size_t>(share * kSlices);
        slices[std::min(slice, kSlices - 1)].tally.Add(point);
      }
    }
    AddRuns(range.parameter, slices, zones);
  }
  return zones;
}

BoxScan ScanBox(const MapFamily& family, const BoxOptions& options) {
  CHAOSENSE_CHECK(options.points >= 1 && options.starts >= 1);
  BoxScan scan;
  scan.box = options.box.empty() ? WholeBox(family) : options.box;
  CheckBox(family, scan.box);
  scan.points = PlacePoints(scan.box, options.points);
  ParallelFor(static_cast<int64_t>(scan.points.size()), options.threads, [&](int64_t i) {
    BoxPoint& point = scan.points[static_cast<size_t>(i)];
    const auto map = family.Make(point.values);
    for (int start = 0; start < options.starts; ++start) {
      point.verdicts.push_back(
          JudgeOrbit(*map, StartState(*map, StartSeed(options.seed, start)), options.orbit));
    }
  });
  return scan;
}

}  // namespace chaosense
