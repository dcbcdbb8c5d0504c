// What the experiment compare_maps and `chaosense map` measure of a map.
#ifndef CHAOSENSE_EXPERIMENTS_MAP_STUDY_H_
#define CHAOSENSE_EXPERIMENTS_MAP_STUDY_H_

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/family.h"
#include "core/cipher/cipher.h"
#include "core/cipher/map_keystream.h"
#include "core/cipher/yardstick.h"
#include "core/harness/experiment.h"
#include "experiments/speed_beside.h"

namespace chaosense {

// A map, or a standard cipher that stands beside the maps as a yardstick.
struct MapSubject {
  std::string label;
  std::optional<MapFamily> family;
  std::optional<Yardstick> yardstick;
};

// "aes256_ctr" or "chacha20". Throws Error(kConfig) beginning with `where`.
MapSubject YardstickSubject(const std::string& name, const std::string& where);

// How a map's bytes are taken from its orbit: as the setting `extractor` says, or if that is empty
// by OwnExtractor (core/chaos/extractor.h).
ExtractorOptions ExtractorFor(const MapFamily& family, const Json& extractor);

// The keystream of repetition `seed`, by key SHA-256("map study <seed>"): of a map core/cipher/
// map_keystream.h at the family's parameters (the key sets the initial state alone); of a yardstick
// its own. Fills any number of bytes, one call after the other. Throws Error(kRun) if the map's
// orbits escape.
FillBytes KeystreamOf(const MapSubject& subject,
                      uint64_t seed,
                      const Json& extractor = Json::object());
std::shared_ptr<const MapKeystreamPlan> KeystreamPlanOf(const MapFamily& family,
                                                        const Json& extractor);

struct MapMeasureContext {
  const Json& settings;  // the keys of MapSettings(), defaults filled in
  const CellContext& cell;
  uint64_t seed = 0;
  int threads = 1;
};
using MapMeasure = void (*)(const MapSubject& subject,
                            const MapMeasureContext& context,
                            std::vector<Measurement>& values);
struct MapGroup {
  const char* name;
  const char* summary;
  MapMeasure measure;
  bool for_yardsticks = false;  // standard ciphers have it too
  bool per_seed = true;         // false: costly and of many starts itself; compare_maps measures it
                                // for the first seed alone, if nothing else is said
  bool alone = false;           // timed: nothing else may run beside it
};
// lyapunov, zero_one, entropies, dimension, sensitivity, density, cycles, box, keys, key_bits,
// quantiser, sp800_22, until_failure, speed, cipher.
const std::vector<MapGroup>& MapGroups();

// The settings of all groups, as JSON Schema properties with defaults.
Json MapSettings();

// What a group measured, or why it could not: "the orbit escapes".
struct MapGroupResult {
  std::string group;
  std::vector<Measurement> values;
  std::string problem;  // "" if there is none
};

// Runs the named groups, several at once; the results are in MapGroups' order. A group whose orbits
// leave it nothing to measure (Error(kRun)) has a problem in place of values: a map whose orbits
// escape has no keystream, but a dead zone. Every other error, and an interruption, is thrown.
// `on_done`: called for each result in that order, as soon as it and all before it are done; never
// twice at once.
std::vector<MapGroupResult> MeasureMap(
    const MapSubject& subject,
    const std::vector<std::string>& groups,
    const MapMeasureContext& context,
    const std::function<void(const MapGroupResult&)>& on_done = {});

// One function a group; map_orbit_measures.cc, map_key_measures.cc, map_stream_measures.cc.
void MeasureMapLyapunov(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapZeroOne(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapEntropies(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapDimension(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapSensitivity(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapDensity(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapCycles(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapBox(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapKeys(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapKeyBits(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapQuantiser(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapSp80022(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapUntilFailure(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapSpeed(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);
void MeasureMapCipher(const MapSubject&, const MapMeasureContext&, std::vector<Measurement>&);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_MAP_STUDY_H_
