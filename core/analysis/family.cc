#include "core/analysis/family.h"

#include <limits>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {
namespace {

MapFamily::Factory FactoryOf(const MapRegistry& registry, const std::string& name) {
  return [&registry, name](const MapValues& values) {
    Json parameters = Json::object();
    for (const auto& [key, value] : values) parameters[key] = value;
    return registry.Create(name, parameters);
  };
}

}  // namespace

bool HasRange(const MapParameter& parameter) {
  constexpr double kUnlimited = std::numeric_limits<double>::max();
  return parameter.minimum > -kUnlimited && parameter.maximum < kUnlimited &&
         parameter.minimum < parameter.maximum;
}

MapFamily::MapFamily(const MapEntry& entry, const MapValues& given)
    : info_(entry.info), make_(entry.make) {
  for (const MapParameter& parameter : info_.parameters)
    values_[parameter.name] = parameter.fallback;
  for (const auto& [name, value] : given) values_[Parameter(name).name] = value;
  Check();
}

MapFamily::MapFamily(const MapRegistry& registry, const std::string& name, const MapValues& given)
    : MapFamily(MapEntry{registry.Create(name)->info(), FactoryOf(registry, name)}, given) {}

std::unique_ptr<ChaoticMap> MapFamily::Make(const MapValues& changed) const {
  MapValues values = values_;
  for (const auto& [name, value] : changed) {
    CHAOSENSE_CHECK(values.contains(name), "map {} has no {}", info_.name, name);
    values[name] = value;
  }
  return make_(values);
}

MapFamily MapFamily::At(const MapValues& changed) const {
  MapFamily other = *this;
  for (const auto& [name, value] : changed) other.values_[Parameter(name).name] = value;
  other.Check();
  return other;
}

std::vector<MapParameter> MapFamily::FreeParameters() const {
  std::vector<MapParameter> free;
  for (const MapParameter& parameter : info_.parameters) {
    const bool is_step = info_.flow && parameter.name == "h";
    if (HasRange(parameter) && !is_step) free.push_back(parameter);
  }
  return free;
}

const MapParameter& MapFamily::Parameter(const std::string& name) const {
  std::vector<std::string> names;
  for (const MapParameter& parameter : info_.parameters) {
    if (parameter.name == name) return parameter;
    names.push_back(parameter.name);
  }
  throw ConfigError(
      "map {}: unknown parameter \"{}\"{}", info_.name, name, NearestAndAll(name, names));
}

void MapFamily::Check() const {
  for (const MapParameter& parameter : info_.parameters) {
    const double value = values_.at(parameter.name);
    if (value >= parameter.minimum && value <= parameter.maximum) continue;
    throw ConfigError("map {}: {} = {} is out of range, expected {} to {}",
                      info_.name,
                      parameter.name,
                      value,
                      parameter.minimum,
                      parameter.maximum);
  }
}

}  // namespace chaosense
