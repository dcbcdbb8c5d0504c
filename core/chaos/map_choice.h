// A choice of a map in JSON:
//   "logistic"                                  a registered map at its defaults
//   {"name": "logistic", "r": 3.9}              with parameters; {"name": ..., "parameters": {...}}
//   too
//   {"file": "my_map.json", "a": 1.3}           an expression map (expression_map.h) of a file
//   {"name": "my_map", "state": [...], ...}     an expression map written out in place
#ifndef CHAOSENSE_CORE_CHAOS_MAP_CHOICE_H_
#define CHAOSENSE_CORE_CHAOS_MAP_CHOICE_H_

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/json.h"
#include "core/chaos/map_registry.h"

namespace chaosense {

// Files are looked for below `base_folder`. Throws Error(kConfig) that begins with `where`, or with
// the file's name for what is wrong inside it.
std::unique_ptr<ChaoticMap> MakeMap(const Json& choice,
                                    const MapRegistry& registry,
                                    const std::filesystem::path& base_folder,
                                    const std::string& where);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_CHAOS_MAP_CHOICE_H_
