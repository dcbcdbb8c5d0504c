// The entries of "methods" and "ciphers" in a config: a name, or an object with a name, a label and
// parameters. Either may also be a program of the user's: {"name": "mine", "external": {...}} with
// the parameters of the method or cipher `external`, where the name is what tables show. {"cipher":
// {...}} stands for the object in it.
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
  std::vector<std::string> ciphers;   // likewise: labels of /ciphers, or names of ciphers
  Json parameters = Json::object();   // every other key
};

// `entry` has passed the config's schema. Throws Error(kConfig), beginning with `where`, if it
// names no plug-in.
PluginChoice ParsePluginChoice(const Json& entry, const std::string& where = "");

enum class PluginKind { kMethod, kCipher };

// JSON Schema of such an entry. `names` become an enum if not empty.
Json PluginChoiceSchema(const std::vector<std::string>& names, PluginKind kind);

// The ciphers one method runs with: all of `common` (the entries of /ciphers), or those that the
// method's own "ciphers" name, each the label of a common one, or a cipher's name.
std::vector<PluginChoice> CiphersOf(const PluginChoice& method,
                                    const std::vector<PluginChoice>& common);

// Checks every entry of /methods and /ciphers: the name is registered (loads the networks if a
// method needs them), parameters are known and in range, commands are well-formed, labels differ, a
// method's own ciphers are known, a cipher's entry has no axes of its own. Throws Error(kConfig)
// "FILE: /methods/0: ...".
void CheckPluginChoices(const Config& config, Registries& registries);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_HARNESS_PLUGIN_CHOICES_H_
