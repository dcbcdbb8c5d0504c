#include "core/analysis/key_bits.h"

#include <cmath>

namespace chaosense {
namespace {

constexpr int kFinest = 60;

bool StreamChanges(const MapFamily& family,
                   const KeyValues& key,
                   const KeyValues& other,
                   int64_t steps) {
  const auto map = MapOfKey(family, key);
  const auto other_map = MapOfKey(family, other);
  std::vector<double> a = StateOfKey(family, key);
  std::vector<double> b = StateOfKey(family, other);
  for (int64_t step = 0; step < steps; ++step) {
    map->Step(a);
    other_map->Step(b);
  }
  for (size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) return false;  // both streams are worthless
  }
  return a != b;
}

}  // namespace

int KeyBits::total() const {
  int sum = 0;
  for (const RealBits& real : reals) sum += real.bits;
  return sum;
}

KeyBits MeasureKeyBits(const MapFamily& family, const KeyBitsOptions& options) {
  KeyBits result;
  const std::vector<KeyReal> reals = KeyRealsOf(family);
  RandomStream random(fmt::format("key bits|{}|{}", family.info().name, options.seed));
  std::vector<KeyValues> keys;
  for (int i = 0; i < options.keys; ++i) keys.push_back(RandomKey(family, false, random));
  for (size_t r = 0; r < reals.size(); ++r) {
    RealBits bits{reals[r], 0};
    for (int b = kFinest; b >= 1 && bits.bits == 0; --b) {
      const double move = std::ldexp(reals[r].Width(), -b);
      int changed = 0;
      for (const KeyValues& key : keys) {
        KeyValues other = key;
        other[r] += other[r] + move <= reals[r].high ? move : -move;
        if (other[r] != key[r] && StreamChanges(family, key, other, options.steps)) ++changed;
      }
      if (2 * changed >= options.keys) bits.bits = b;
    }
    result.reals.push_back(bits);
  }
  return result;
}

}  // namespace chaosense
