// A map with its parameters free: what sweeps, scans and studies of keys are made over.
#ifndef CHAOSENSE_CORE_ANALYSIS_FAMILY_H_
#define CHAOSENSE_CORE_ANALYSIS_FAMILY_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/chaos/map.h"
#include "core/chaos/map_registry.h"

namespace chaosense {

// Whether a least and a largest value are declared, and apart. A JSON map's parameter may have
// neither: it can be set, but there is nothing to scan, to sweep or to choose a key from.
bool HasRange(const MapParameter& parameter);

// Immutable; safe to use from many threads.
class MapFamily {
 public:
  using Factory = std::function<std::unique_ptr<ChaoticMap>(const MapValues&)>;

  // `given`: parameter values that are not at their default. Throws Error(kConfig) for an unknown
  // name or a value out of range.
  explicit MapFamily(const MapEntry& entry, const MapValues& given = {});
  // A registered map; `registry` must outlive the family.
  MapFamily(const MapRegistry& registry, const std::string& name, const MapValues& given = {});

  const MapInfo& info() const { return info_; }
  const MapValues& values() const { return values_; }  // the point at hand, complete

  // The map at the point at hand, or with some parameters set otherwise (in range).
  std::unique_ptr<ChaoticMap> Make() const { return make_(values_); }
  std::unique_ptr<ChaoticMap> Make(const MapValues& changed) const;

  // This family at another point. Throws Error(kConfig) as the constructor does.
  MapFamily At(const MapValues& changed) const;

  // Parameters that can be varied: those with a range (HasRange), without the step `h` of flows,
  // which is a setting of the integrator.
  std::vector<MapParameter> FreeParameters() const;
  // Throws Error(kConfig) for an unknown name.
  const MapParameter& Parameter(const std::string& name) const;

 private:
  void Check() const;

  MapInfo info_;
  Factory make_;
  MapValues values_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_ANALYSIS_FAMILY_H_
