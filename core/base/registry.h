// One registry per kind of plug-in, keyed by the name used in JSON. Registration is explicit
// (RegisterBuiltinCiphers(registry)); there are no static initialisers, which linkers drop from
// static libraries.
#ifndef CHAOSENSE_CORE_BASE_REGISTRY_H_
#define CHAOSENSE_CORE_BASE_REGISTRY_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/suggest.h"

namespace chaosense {

// What `chaosense list` and `describe` print, and what the config schema is made of.
struct PluginInfo {
  std::string name;         // the name used in JSON
  std::string summary;      // one line
  std::string description;  // for `describe`: equations, choices, what is our interpretation
  std::string source;       // paper, equation
  Json parameters =
      Json::object();  // JSON Schema "properties" of its parameters, each with a "default"
  int revision = 1;    // part of a cell's identity: raise it when results change
};

// The parameters with every default filled in. Throws Error(kConfig) on an unknown key ("did you
// mean"), a wrong type, a value outside minimum/maximum/exclusiveMinimum/exclusiveMaximum/enum;
// `where` begins the message, e.g. "configs/a.json: /methods/0".
Json ResolveParameters(const PluginInfo& info, const Json& given, const std::string& where);

template <typename Plugin>
class Registry {
 public:
  using Factory = std::function<std::unique_ptr<Plugin>(const Json& resolved_parameters)>;

  explicit Registry(std::string kind) : kind_(std::move(kind)) {}

  void Register(PluginInfo info, Factory factory) {
    CHAOSENSE_CHECK(!entries_.contains(info.name), "{} \"{}\" registered twice", kind_, info.name);
    const std::string name = info.name;
    entries_.emplace(name, Entry{std::move(info), std::move(factory)});
  }

  const std::string& kind() const { return kind_; }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& [name, entry] : entries_) names.push_back(name);
    return names;
  }

  bool Contains(const std::string& name) const { return entries_.contains(name); }

  // Throws Error(kConfig): `where: unknown method "x"; did you mean "y"? known: ...`.
  const PluginInfo& Info(const std::string& name, const std::string& where = "") const {
    return Find(name, where).info;
  }

  // `parameters` may leave defaults out; `where` names the place in the config for error messages.
  std::unique_ptr<Plugin> Create(const std::string& name,
                                 const Json& parameters = Json::object(),
                                 const std::string& where = "") const {
    const Entry& entry = Find(name, where);
    return entry.factory(ResolveParameters(entry.info, parameters, where.empty() ? name : where));
  }

 private:
  struct Entry {
    PluginInfo info;
    Factory factory;
  };

  const Entry& Find(const std::string& name, const std::string& where) const {
    const auto found = entries_.find(name);
    if (found == entries_.end()) {
      throw ConfigError("{}{}unknown {} \"{}\"{}",
                        where,
                        where.empty() ? "" : ": ",
                        kind_,
                        name,
                        NearestAndAll(name, Names()));
    }
    return found->second;
  }

  std::string kind_;
  std::map<std::string, Entry> entries_;
};

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_BASE_REGISTRY_H_
