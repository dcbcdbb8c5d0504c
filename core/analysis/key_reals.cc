#include "core/analysis/key_reals.h"

#include <algorithm>

#include "core/analysis/orbit.h"
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

double KeyDraw::Share() const {
  return static_cast<double>(std::max<size_t>(1, keys.size())) / static_cast<double>(tried);
}

KeyDraw DrawKeys(const MapFamily& family,
                 bool random_parameters,
                 int64_t count,
                 int64_t most_tries,
                 RandomStream& random,
                 const std::function<bool(const KeyValues&)>& is_fit) {
  CHAOSENSE_CHECK(count >= 1 && most_tries >= 1);
  KeyDraw draw;
  while (draw.tried < most_tries && static_cast<int64_t>(draw.keys.size()) < count) {
    ++draw.tried;
    KeyValues key = RandomKey(family, random_parameters, random);
    if (is_fit(key)) draw.keys.push_back(std::move(key));
  }
  return draw;
}

KeyValues KeyAboutTheStart(const MapFamily& family, uint64_t seed) {
  KeyValues key = StartState(*family.Make(), seed);
  for (const KeyReal& real : KeyRealsOf(family)) {
    if (real.is_parameter) key.push_back(family.values().at(real.name));
  }
  return key;
}

std::vector<KeyValues> BoundedKeys(const MapFamily& family,
                                   bool random_parameters,
                                   int64_t count,
                                   int64_t steps,
                                   RandomStream& random) {
  const auto stays = [&](const KeyValues& key) {
    const auto map = MapOfKey(family, key);
    std::vector<double> state = StateOfKey(family, key);
    for (int64_t step = 0; step < steps; ++step) {
      map->Step(state);
      if (HasEscaped(state)) return false;
    }
    return true;
  };
  KeyDraw draw = DrawKeys(family, random_parameters, count, 64 * count, random, stays);
  for (uint64_t seed = 0; static_cast<int64_t>(draw.keys.size()) < count; ++seed) {
    if (seed == 2 * static_cast<uint64_t>(count)) break;
    KeyValues key = KeyAboutTheStart(family, seed);
    if (stays(key) && std::ranges::find(draw.keys, key) == draw.keys.end())
      draw.keys.push_back(std::move(key));
  }
  return draw.keys;
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
