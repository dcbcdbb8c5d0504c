// A config's choice of a map, as a family.
#ifndef CHAOSENSE_EXPERIMENTS_MAP_CHOICE_FAMILY_H_
#define CHAOSENSE_EXPERIMENTS_MAP_CHOICE_FAMILY_H_

#include <filesystem>
#include <string>

#include "core/analysis/family.h"
#include "core/base/json.h"
#include "core/harness/experiment.h"

namespace chaosense {

struct MapChoice {
  std::string label;  // what tables show
  std::string name;   // of a registered map, or ""
  Json definition;    // of an expression map, or null
  MapValues values;   // parameters not at their default
};

// "logistic"; {"name": "logistic", "label": "...", "r": 3.9}; {"file": "my_map.json", "a": 1.3}; an
// expression map written out ({"name", "state", "next", ...}, core/chaos/expression_map.h). A file
// is looked for as given, then below `base_folder`. Throws Error(kConfig) beginning with `where`,
// or with the file's name for what is wrong inside it.
MapChoice ReadMapChoice(const Json& entry,
                        const MapRegistry& registry,
                        const std::filesystem::path& base_folder,
                        const std::string& where);

// `registry` must outlive the family.
MapFamily FamilyOf(const MapChoice& choice, const MapRegistry& registry);

// The folder that holds configs/ and datasets/.
std::filesystem::path ProjectFolderOf(const CellContext& context);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_MAP_CHOICE_FAMILY_H_
