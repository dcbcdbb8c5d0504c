// The maps as plug-ins, keyed by the name used in JSON.
#ifndef CHAOSENSE_CORE_CHAOS_MAP_REGISTRY_H_
#define CHAOSENSE_CORE_CHAOS_MAP_REGISTRY_H_

#include "core/base/registry.h"
#include "core/chaos/map.h"

namespace chaosense {

using MapRegistry = Registry<ChaoticMap>;

void RegisterMap(MapRegistry& registry, const MapEntry& entry);

// logistic, tent, henon, 2d_slmm, ...: the lines of builtin_maps.h.
void RegisterBuiltinMaps(MapRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_MAP_REGISTRY_H_
