// Configs that stand for many: "sweep" (settings that take several values) and "parts" (several
// experiments in one run).
#ifndef CHAOSENSE_CORE_HARNESS_SWEEP_H_
#define CHAOSENSE_CORE_HARNESS_SWEEP_H_

#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/harness/config.h"
#include "core/harness/experiment.h"

namespace chaosense {

// One experiment at one point of the sweep.
struct SweepPoint {
  Config config;  // without "sweep", "parts", tables and the like; checked, defaults filled in
  std::map<std::string, std::string> settings;  // swept key -> its value here, as text
  std::string part = "";                        // "/parts/1": where it comes from; "" without parts

  std::string Name() const;  // "ciphers.paper.rounds=2, rates=[0.25]"; "" without a sweep
  Error Located(const Error& error) const;  // the same with the point's name, if it has one
};

// JSON Schemas of the keys. A sweep:
//   axes     path (as in --set) -> list of values; all combinations, the last path varies fastest
//   zip      lists of paths that vary together: the i-th values of all of them
//   exclude  objects path -> value: combinations left out where all of these hold
//   seeds    replaces the config's: a list, or a number n for 0 to n-1
// A part is an object merged (RFC 7386) over the config's other keys; it names an experiment and
// may have a sweep of its own.
Json SweepSchema();
Json PartsSchema();

// The keys that belong to a run and not to its experiments: tables, figures, published, timeout ...
const std::vector<std::string>& RunKeys();

// "key=v1,v2" of --sweep: an axis of these values, each JSON or a bare word; replaces the config's.
// Commas inside brackets, braces and quotes part nothing. Throws Error(kConfig), also on a second
// one of the same key.
void ApplySweepOption(const std::string& assignment, Config& config);

// Every point of every part, in order, each checked against its experiment's schema. Throws
// Error(kConfig) naming what is wrong and the sweep point where it is.
std::vector<SweepPoint> ExpandConfig(const Config& config, const ExperimentRegistry& experiments);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_SWEEP_H_
