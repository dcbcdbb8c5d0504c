#include "core/analysis/key_reals.h"

#include "core/base/error.h"

namespace chaosense {

std::vector<KeyReal> KeyRealsOf(const MapFamily& family) {
  std::vector<KeyReal> reals;
  for (const MapVariable& variable : family.info().state)
    reals.push_back({variable.name, variable.low, variable.high, false});
  for (const MapParameter& parameter : family.FreeParameters())
    reals.push_back({parameter.name, parameter.minimum, parameter.maximum, true});
  return reals;
}

KeyValues RandomKey(const MapFamily& family, bool random_parameters, RandomStream& random) {
  KeyValues key;
  for (const KeyReal& real : KeyRealsOf(family)) {
    const bool draw = !real.is_parameter || random_parameters;
    key.push_back(draw ? real.low + real.Width() * random.Uniform()
                       : family.values().at(real.name));
  }
  return key;
}

std::unique_ptr<ChaoticMap> MapOfKey(const MapFamily& family, const KeyValues& key) {
  const std::vector<KeyReal> reals = KeyRealsOf(family);
  CHAOSENSE_CHECK(key.size() == reals.size());
  MapValues values;
  for (size_t i = 0; i < key.size(); ++i) {
    if (reals[i].is_parameter) values[reals[i].name] = key[i];
  }
  return family.Make(values);
}

std::vector<double> StateOfKey(const MapFamily& family, const KeyValues& key) {
  return {key.begin(), key.begin() + static_cast<ptrdiff_t>(family.info().state.size())};
}

}  // namespace chaosense
