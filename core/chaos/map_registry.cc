#include "core/chaos/map_registry.h"

#include "core/chaos/builtin_maps.h"

namespace chaosense {

void RegisterMap(MapRegistry& registry, const MapEntry& entry) {
  const MapInfo& map = entry.info;
  PluginInfo info;
  info.name = map.name;
  info.summary = map.summary;
  info.description = map.equation;
  for (const MapVariable& variable : map.state) {
    info.description += fmt::format("\n{} in [{}, {}], starts at {}",
                                    variable.name,
                                    variable.low,
                                    variable.high,
                                    variable.initial);
  }
  info.source = map.source;
  info.revision = map.revision;
  for (const MapParameter& parameter : map.parameters) {
    info.parameters[parameter.name] = {{"type", "number"},
                                       {"default", parameter.fallback},
                                       {"minimum", parameter.minimum},
                                       {"maximum", parameter.maximum},
                                       {"description", parameter.note}};
  }
  registry.Register(std::move(info), [make = entry.make](const Json& parameters) {
    MapValues values;
    for (const auto& [name, value] : parameters.items()) values[name] = value.get<double>();
    return make(values);
  });
}

void RegisterBuiltinMaps(MapRegistry& registry) {
#define CHAOSENSE_REGISTER_MAP(Name) RegisterMap(registry, Name##Map());
  CHAOSENSE_BUILTIN_MAPS(CHAOSENSE_REGISTER_MAP)
#undef CHAOSENSE_REGISTER_MAP
}

}  // namespace chaosense
