#include "core/analysis/key_bits.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/lyapunov.h"
#include "core/analysis/orbit.h"

namespace chaosense {
namespace {

constexpr int kFinest = 60;
constexpr double kVisible = 0x1p-20;  // of the domain's width

std::vector<double> StateAfter(const MapFamily& family, const KeyValues& key, int64_t steps) {
  const auto map = MapOfKey(family, key);
  std::vector<double> state = StateOfKey(family, key);
  for (int64_t step = 0; step < steps; ++step) map->Step(state);
  return state;
}

// Escaped orbits are no streams, so that none differs from another.
bool Differ(const MapInfo& info, const std::vector<double>& a, const std::vector<double>& b) {
  if (HasEscaped(a) || HasEscaped(b)) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (std::fabs(a[i] - b[i]) > kVisible * (info.state[i].high - info.state[i].low)) return true;
  }
  return false;
}

// Enough for a change of the last bit to grow to the size of the attractor.
int64_t StepsToGrow(const MapFamily& family) {
  constexpr int64_t kLeast = 300;
  constexpr int64_t kMost = 100000;  // weakly chaotic flows would take millions
  const auto map = family.Make();
  std::vector<double> state = StartState(*map, 0);
  const double exponent = LargestExponent(*map, state, {1000, 4000});
  if (!(exponent > 0)) return kLeast;
  return std::clamp(static_cast<int64_t>(60 / exponent), kLeast, kMost);
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
  const int64_t steps = options.steps > 0 ? options.steps : StepsToGrow(family);
  std::vector<std::vector<double>> ends;
  for (const KeyValues& key : keys) ends.push_back(StateAfter(family, key, steps));
  for (size_t r = 0; r < reals.size(); ++r) {
    RealBits bits{reals[r], 0};
    for (int b = kFinest; b >= 1 && bits.bits == 0; --b) {
      const double move = std::ldexp(reals[r].Width(), -b);
      int changed = 0;
      for (size_t k = 0; k < keys.size(); ++k) {
        KeyValues other = keys[k];
        other[r] += other[r] + move <= reals[r].high ? move : -move;
        if (other[r] == keys[k][r]) continue;
        changed += Differ(family.info(), ends[k], StateAfter(family, other, steps)) ? 1 : 0;
      }
      if (2 * changed >= options.keys) bits.bits = b;
    }
    result.reals.push_back(bits);
  }
  return result;
}

}  // namespace chaosense
