// The entries of "methods" and "ciphers" in a config: a name, or an object with a name, a label and
// parameters.
#ifndef CHAOSENSE_CORE_HARNESS_PLUGIN_CHOICES_H_
#define CHAOSENSE_CORE_HARNESS_PLUGIN_CHOICES_H_

#include <string>
#include <vector>

#include "core/harness/config.h"
#include "core/harness/registries.h"

namespace chaosense {

struct PluginChoice {
  std::string name;
  std::string label;                  // what tables show; the name unless the config says otherwise
  std::vector<double> rates;          // of this entry alone; empty: the config's
  std::vector<std::string> variants;  // likewise
  Json parameters = Json::object();   // every other key
};

// `entry` has passed the config's schema.
PluginChoice ParsePluginChoice(const Json& entry);

// JSON Schema of such an entry. `names` become an enum if not empty.
Json PluginChoiceSchema(const std::vector<std::string>& names);

// Checks every entry of /methods and /ciphers: the name is registered (loads the networks if a
// method needs them), parameters are known and in range, labels differ. Throws Error(kConfig)
// "FILE: /methods/0: ...".
void CheckPluginChoices(const Config& config, Registries& registries);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_PLUGIN_CHOICES_H_
