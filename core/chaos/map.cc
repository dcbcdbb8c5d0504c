#include "core/chaos/map.h"

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace chaosense {

std::vector<double> ChaoticMap::InitialState() const {
  std::vector<double> state;
  for (const MapVariable& variable : info().state) state.push_back(variable.initial);
  return state;
}

double ChaoticMap::time_step() const { return is_flow() ? parameters()[ParameterIndex("h")] : 1.0; }

size_t ChaoticMap::ParameterIndex(const std::string& name) const {
  std::vector<std::string> names;
  for (const MapParameter& parameter : info().parameters) {
    if (parameter.name == name) return names.size();
    names.push_back(parameter.name);
  }
  throw ConfigError(
      "map {}: unknown parameter \"{}\"{}", info().name, name, NearestAndAll(name, names));
}

std::unique_ptr<MapSweep> ChaoticMap::SweepOver(const std::string& parameter,
                                                std::span<const double> values) const {
  const size_t swept = ParameterIndex(parameter);
  std::vector<double> all;
  for (size_t k = 0; k < parameters().size(); ++k) {
    if (k == swept) {
      all.insert(all.end(), values.begin(), values.end());
    } else {
      all.insert(all.end(), values.size(), parameters()[k]);
    }
  }
  return MakeSweep(values.size(), all);
}

std::unique_ptr<MapSweep> ChaoticMap::SweepOfStates(size_t lanes) const {
  std::vector<double> all;
  for (const double value : parameters()) all.insert(all.end(), lanes, value);
  return MakeSweep(lanes, all);
}

}  // namespace chaosense
