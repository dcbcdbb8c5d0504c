// Every name a user can write, by kind: what `list` prints and `describe` looks up.
#ifndef CHAOSENSE_EXPERIMENTS_CLI_CATALOGUE_H_
#define CHAOSENSE_EXPERIMENTS_CLI_CATALOGUE_H_

#include <string>
#include <vector>

#include "core/harness/registries.h"

namespace chaosense {

struct CatalogueEntry {
  std::string name;
  std::string summary;  // one line
};

// methods, ciphers, maps, experiments, trainers, metrics, datasets, models, configs.
const std::vector<std::string>& CatalogueKinds();

// Sorted by name, metrics in reading order. Loads the networks, if there are any, for methods and
// trainers.
std::vector<CatalogueEntry> Catalogue(const std::string& kind, Registries& registries);

// Text for people about one entry of a kind, many lines. Throws Error(kConfig) if there is none.
std::string DescribeEntry(const std::string& kind,
                          const std::string& name,
                          const Registries& registries);

// The weights of results/models (models.cc).
std::vector<CatalogueEntry> ModelEntries();
std::string DescribeModel(const std::string& name);

}  // namespace chaosense

#endif  // CHAOSENSE_EXPERIMENTS_CLI_CATALOGUE_H_
