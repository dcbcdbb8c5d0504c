#include "core/cipher/map_cipher.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/chaos/expression_map.h"
#include "core/chaos/extractor.h"
#include "core/chaos/map_registry.h"
#include "core/cipher/chaotic_cipher.h"

namespace chaosense {
namespace {

constexpr char kWhere[] = "map_cipher";

const MapRegistry& Maps() {
  static const MapRegistry registry = [] {
    MapRegistry maps("map");
    RegisterBuiltinMaps(maps);
    return maps;
  }();
  return registry;
}

// A chosen map: how it is made, the parameters that the choice fixes, and what it is, for the
// identity of results.
struct ChosenMap {
  MapInfo info;
  std::function<std::unique_ptr<ChaoticMap>(const MapValues&)> make;
  Json fixed = Json::object();
  Json definition;  // of an expression map
};

ChosenMap FromRegistry(const std::string& name) {
  Maps().Info(name, std::string(kWhere) + ": /map");
  ChosenMap chosen;
  chosen.make = [name](const MapValues& values) {
    return Maps().Create(name, Json(values), kWhere);
  };
  chosen.info = Maps().Create(name)->info();
  return chosen;
}

ChosenMap FromDefinition(const Json& definition, const std::string& where) {
  const MapEntry entry = LoadExpressionMap(definition, where);
  return {entry.info, entry.make, Json::object(), definition};
}

std::string TextAt(const Json& choice, const char* key) {
  if (!choice.contains(key) || !choice[key].is_string())
    throw ConfigError("{}: /map/{}: expected a text", kWhere, key);
  return choice[key].get<std::string>();
}

// As core/chaos/map_choice.h reads it: a name, {"name": ..., parameters}, {"file": ..., parameters}
// or a definition.
ChosenMap Choose(const Json& choice) {
  if (choice.is_string()) return FromRegistry(choice.get<std::string>());
  if (!choice.is_object()) {
    throw ConfigError(
        "{}: /map: {} is no map, expected a name, an object with \"name\" or "
        "\"file\" and parameters, or an expression map",
        kWhere,
        choice.dump());
  }
  if (choice.contains("state")) return FromDefinition(choice, std::string(kWhere) + ": /map");
  const char* const key = choice.contains("file") ? "file" : "name";
  const std::string text = TextAt(choice, key);
  ChosenMap chosen =
      choice.contains("file") ? FromDefinition(ReadJsonFile(text), text) : FromRegistry(text);
  chosen.fixed = choice;
  chosen.fixed.erase(key);
  if (chosen.fixed.contains("parameters")) {
    Json nested = chosen.fixed["parameters"];
    chosen.fixed.erase("parameters");
    if (!chosen.fixed.empty() || !nested.is_object())
      throw ConfigError("{}: /map/parameters: expected an object, and no parameters beside it",
                        kWhere);
    chosen.fixed = std::move(nested);
  }
  return chosen;
}

std::vector<std::string> ParameterNames(const MapInfo& info) {
  std::vector<std::string> names;
  for (const MapParameter& parameter : info.parameters) names.push_back(parameter.name);
  return names;
}

const MapParameter& ParameterOf(const MapInfo& info, const std::string& name, const char* key) {
  for (const MapParameter& parameter : info.parameters) {
    if (parameter.name == name) return parameter;
  }
  const std::vector<std::string> known = ParameterNames(info);
  throw ConfigError("{}: /{}/{}: the map {} has no such parameter{}",
                    kWhere,
                    key,
                    name,
                    info.name,
                    NearestAndAll(name, known));
}

void RequireInRange(const MapInfo& info, const std::string& name, double value, const char* key) {
  const MapParameter& parameter = ParameterOf(info, name, key);
  if (!(value >= parameter.minimum && value <= parameter.maximum)) {
    throw ConfigError("{}: /{}/{}: {} is out of range, expected {} to {}",
                      kWhere,
                      key,
                      name,
                      value,
                      parameter.minimum,
                      parameter.maximum);
  }
}

std::vector<KeyedParameter> KeyedOf(const Json& ranges, const Json& fixed, const MapInfo& info) {
  std::vector<KeyedParameter> keyed;
  if (ranges.is_null()) {
    for (const KeyedParameter& parameter : DefaultKeyedParameters(info.name)) {
      if (fixed.contains(parameter.name)) continue;
      RequireInRange(info, parameter.name, parameter.low, "key_ranges");
      RequireInRange(info, parameter.name, parameter.high, "key_ranges");
      keyed.push_back(parameter);
    }
    return keyed;
  }
  if (!ranges.is_object())
    throw ConfigError("{}: /key_ranges: expected an object like {{\"r\": [3.99, 4]}}", kWhere);
  // In the order of the map's description: the order of keys in a file carries no meaning.
  for (const auto& [name, ignored] : ranges.items()) ParameterOf(info, name, "key_ranges");
  for (const MapParameter& parameter : info.parameters) {
    if (!ranges.contains(parameter.name)) continue;
    const Json& range = ranges[parameter.name];
    if (!range.is_array() || range.size() != 2 || !range[0].is_number() || !range[1].is_number() ||
        !(range[0].get<double>() < range[1].get<double>())) {
      throw ConfigError("{}: /key_ranges/{}: {} is no range, expected [low, high]",
                        kWhere,
                        parameter.name,
                        range.dump());
    }
    if (fixed.contains(parameter.name)) {
      throw ConfigError("{}: /key_ranges/{}: the parameter is fixed by /parameters as well",
                        kWhere,
                        parameter.name);
    }
    keyed.push_back({parameter.name, range[0].get<double>(), range[1].get<double>()});
    RequireInRange(info, parameter.name, keyed.back().low, "key_ranges");
    RequireInRange(info, parameter.name, keyed.back().high, "key_ranges");
  }
  return keyed;
}

// The config's, else the expression map's own, else floor(|x| 2^32) mod 256; of every variable in
// turn unless said otherwise.
ExtractorOptions ExtractorOf(const Json& choice, const MapInfo& info) {
  Json json = choice;
  if (json.is_null())
    json = info.extractor.empty() ? Json{{"kind", "binary_mod"}} : Json::parse(info.extractor);
  ExtractorOptions options = ParseExtractor(json, info, std::string(kWhere) + ": /extractor");
  // A threshold is a value of the first variable's kind.
  if (!json.contains("variables") && options.kind != ExtractorKind::kThreshold) {
    options.variables.resize(info.state.size());
    std::iota(options.variables.begin(), options.variables.end(), size_t{0});
  }
  return options;
}

// A chaotic cipher that says which map it stands on.
class MapCipher final : public Cipher {
 public:
  MapCipher(ChaoticCipherOptions options, std::shared_ptr<const MapKeystreamPlan> plan)
      : plan_(plan), cipher_(options, [plan](std::span<const uint8_t> key, const Digest& nonce) {
          return std::make_unique<MapKeystream>(plan, key, nonce);
        }) {}
  CipherTraits traits() const override { return cipher_.traits(); }
  Json Identity() const override {
    Json identity = {{"map", plan_->info.name},
                     {"map_revision", plan_->info.revision},
                     {"key_bits", plan_->key_bits()}};
    if (!plan_->definition.is_null()) identity["definition"] = plan_->definition;
    return identity;
  }
  Ciphertext Encrypt(const ImageU8& plain,
                     std::span<const uint8_t> key,
                     const Digest& nonce) const override {
    return cipher_.Encrypt(plain, key, nonce);
  }
  ImageU8 Decrypt(const Ciphertext& cipher,
                  std::span<const uint8_t> key,
                  const Digest& nonce) const override {
    return cipher_.Decrypt(cipher, key, nonce);
  }

 private:
  std::shared_ptr<const MapKeystreamPlan> plan_;
  ChaoticCipher cipher_;
};

Json Parameters() {
  return {
      {"map",
       {{"default", "2d_slmm"},
        {"description",
         "a name (chaosense list maps), {\"name\": ..., parameters}, {\"file\": ..., parameters} "
         "or an expression map"}}},
      {"parameters",
       {{"type", "object"},
        {"default", Json::object()},
        {"description", "values of the map's parameters that the key does not choose"}}},
      {"key_ranges",
       {{"default", nullptr},
        {"description",
         "parameters that the key chooses, {\"r\": [3.99, 4]}; null: what is known for the map "
         "(core/cipher/map_cipher.cc), {}: none, the key sets the initial state alone"}}},
      {"structure",
       {{"type", "string"},
        {"default", "scramble_diffuse"},
        {"enum", {"diffuse", "scramble_diffuse", "chained"}},
        {"description",
         "diffuse: V1 alone; scramble_diffuse: S1, then V1, as `paper`; chained: S1, then V3 "
         "with a "
         "keyed substitution, as `hardened`"}}},
      {"rounds",
       {{"type", "integer"},
        {"default", 2},
        {"minimum", 1},
        {"maximum", 16},
        {"description", "rounds of sliding scrambling"}}},
      {"passes",
       {{"type", "integer"},
        {"default", 2},
        {"minimum", 1},
        {"maximum", 8},
        {"description", "passes of the chain"}}},
      {"extractor",
       {{"default", nullptr},
        {"description",
         "bytes from the orbit, as core/chaos/extractor.h says, {\"kind\": \"decimal_mod\", \"k\": "
         "14, \"burn_in\": 1000}; null: floor(|x| 2^32) mod 256 of every variable in turn, or what "
         "an expression map brings along"}}}};
}

}  // namespace

// Ranges of high, even chaos: Lyapunov exponents in the maps' own files and
// tests/unit/chaos/map_test.cc.
std::vector<KeyedParameter> DefaultKeyedParameters(const std::string& map) {
  static const std::map<std::string, std::vector<KeyedParameter>> kKnown = {
      {"logistic", {{"r", 3.99, 4.0}}},
      {"tent", {{"mu", 1.99, 1.9999}}},
      {"skew_tent", {{"p", 0.1, 0.49}}},
      {"sine", {{"mu", 0.99, 1.0}}},
      {"cubic", {{"rho", 2.59, 2.598}}},
      {"pwlcm", {{"p", 0.05, 0.45}}},
      {"2d_slmm", {{"alpha", 0.95, 1.0}}},
      {"2d_lasm", {{"mu", 0.5, 0.9}}},
      {"2d_lscm", {{"theta", 0.9, 0.99}}},
      {"2d_lscm_old_x", {{"theta", 0.9, 0.99}}},
      {"chebyshev", {{"k", 3.0, 8.0}}},
      {"lts", {{"r", 0.3, 3.9}}},
      {"lss", {{"r", 0.3, 3.9}}},
      {"tss", {{"r", 0.3, 3.9}}},
      {"ctbcs_logistic_sine", {{"r", 0.2, 0.9}}},
      {"standard", {{"K", 8.0, 10.0}}},
  };
  const auto found = kKnown.find(map);
  return found == kKnown.end() ? std::vector<KeyedParameter>() : found->second;
}

std::shared_ptr<const MapKeystreamPlan> MakeMapKeystreamPlan(const Json& parameters) {
  auto plan = std::make_shared<MapKeystreamPlan>();
  ChosenMap map = Choose(parameters["map"]);
  plan->info = std::move(map.info);
  plan->make = std::move(map.make);
  plan->definition = std::move(map.definition);
  for (const MapParameter& parameter : plan->info.parameters)
    plan->fixed[parameter.name] = parameter.fallback;
  Json fixed = std::move(map.fixed);
  fixed.update(parameters["parameters"]);
  for (const auto& [name, value] : fixed.items()) {
    if (!value.is_number())
      throw ConfigError("{}: /parameters/{}: {} is no number", kWhere, name, value.dump());
    RequireInRange(plan->info, name, value.get<double>(), "parameters");
    plan->fixed[name] = value.get<double>();
  }
  plan->keyed = KeyedOf(parameters["key_ranges"], fixed, plan->info);
  plan->extractor = ExtractorOf(parameters["extractor"], plan->info);
  return plan;
}

void RegisterMapCipher(CipherRegistry& registry) {
  PluginInfo info;
  info.name = "map_cipher";
  info.summary = "a cipher on any chaotic map: keystream, sliding scrambling, diffusion or chain";
  info.description =
      "Key and nonce give the orbit's start and the keyed parameters by HKDF-SHA256; the bytes of "
      "the orbit drive the scrambling and diffusion of `paper` and `hardened`. The effective key "
      "has at most 52 bits for each state variable and keyed parameter (one-dimensional map with "
      "one keyed parameter: 104; with none: 52), never more than 256. Digital collapse (tent map "
      "with mu = 2) is not repaired. Derivation: core/cipher/map_keystream.h.";
  info.source = "ours; the maps name their own sources";
  info.parameters = Parameters();
  registry.Register(info, [](const Json& parameters) {
    const std::string structure = parameters["structure"].get<std::string>();
    ChaoticCipherOptions options;
    options.rounds = structure == "diffuse" ? 0 : parameters["rounds"].get<int>();
    options.diffusion = structure == "chained" ? Diffusion::kSubstitutionChain : Diffusion::kVector;
    options.passes = parameters["passes"].get<int>();
    return std::make_unique<MapCipher>(options, MakeMapKeystreamPlan(parameters));
  });
}

}  // namespace chaosense
