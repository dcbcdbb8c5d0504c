// Maps for the tests of this folder.
#ifndef CHAOSENSE_TESTS_UNIT_ANALYSIS_TEST_MAPS_H_
#define CHAOSENSE_TESTS_UNIT_ANALYSIS_TEST_MAPS_H_

#include <string>
#include <vector>

#include "core/analysis/family.h"
#include "core/analysis/orbit.h"

namespace chaosense {

inline const MapRegistry& Maps() {
  static const MapRegistry registry = [] {
    MapRegistry maps("map");
    RegisterBuiltinMaps(maps);
    return maps;
  }();
  return registry;
}

inline MapFamily Family(const std::string& name, const MapValues& values = {}) {
  return MapFamily(Maps(), name, values);
}

// `count` values of the first coordinate from the map's own start, after 1000 steps.
inline std::vector<double> SeriesOf(const std::string& name,
                                    const MapValues& values,
                                    int64_t count) {
  const auto map = Family(name, values).Make();
  std::vector<double> state = map->InitialState();
  return Series(*map, state, 1000, count);
}

}  // namespace chaosense

#endif  // CHAOSENSE_TESTS_UNIT_ANALYSIS_TEST_MAPS_H_
